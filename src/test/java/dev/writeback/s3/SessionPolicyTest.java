package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class SessionPolicyTest {

  @ParameterizedTest
  @MethodSource("cases")
  void allowsWhatTheRequestNeedsOnItsOneKey(Case expected) throws Exception {
    PutObjectRequest.Builder object =
        PutObjectRequest.builder()
            .bucket(expected.text("bucket", "landing"))
            .key(expected.text("key"));
    with(object, expected.text("with", ""));

    JsonNode statements =
        read(SessionPolicy.forObject(object.build(), role(expected.text("partition", "aws"))));

    JsonNode statement = statements.isArray() ? statements.get(0) : statements;
    assertThat(statement.at("/Resource").asText()).isEqualTo(expected.text("resource"));
    List<String> actions = new ArrayList<>(List.of("s3:PutObject", "s3:AbortMultipartUpload"));
    actions.addAll(expected.list("adds"));
    assertThat(statement.at("/Action"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(actions);
    assertThat(statements.at("/1/Resource").asText("none")).isEqualTo(expected.text("kms", "*"));
  }

  static Stream<Case> cases() {
    return Spec.cases("session-policies");
  }

  @Test
  void keepsTheBeginningOfAKeyThatIsTooLong() throws Exception {
    String key = "finance/" + "売".repeat(330);

    String policy =
        SessionPolicy.forObject(
            PutObjectRequest.builder().bucket("landing").key(key).build(), role("aws"));

    assertThat(policy).hasSizeBetween(2040, 2048).matches("\\p{ASCII}+");
    String resource = read(policy).at("/0/Resource").asText();
    assertThat(resource).startsWith("arn:aws:s3:::landing/finance/売売").endsWith("売*");
  }

  private static AssumedRole role(String partition) {
    AssumedRole role = new AssumedRole();
    role.setRoleArn("arn:" + partition + ":iam::123456789012:role/landing");
    role.setRegion("us-west-2");
    return role;
  }

  private static JsonNode read(String policy) throws IOException {
    return new ObjectMapper().readTree(policy).at("/Statement");
  }

  /** What the write asks for. */
  static void with(PutObjectRequest.Builder object, String what) {
    switch (what) {
      case "ifNoneMatch" -> object.ifNoneMatch("*");
      case "tagging" -> object.tagging("team=finance");
      case "acl" -> object.acl("bucket-owner-full-control");
      case "expectedBucketOwner" -> object.expectedBucketOwner("111122223333");
      case "AES256" -> object.serverSideEncryption("AES256");
      case "customerKey" -> object.sseCustomerAlgorithm("AES256");
      case "kmsKey" ->
          object
              .serverSideEncryption("aws:kms")
              .ssekmsKeyId("1234abcd-12ab-34cd-56ef-1234567890ab");
      case "kmsAlias" ->
          object
              .serverSideEncryption("aws:kms:dsse")
              .ssekmsKeyId("arn:aws:kms:us-west-2:444455556666:alias/x");
      case "legalHold" -> object.objectLockLegalHoldStatus("ON");
      case "retention" -> object.objectLockMode("GOVERNANCE");
      default -> assertThat(what).isEmpty();
    }
  }
}
