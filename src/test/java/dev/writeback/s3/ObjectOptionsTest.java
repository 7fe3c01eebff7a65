package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.run.EncryptionKey;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** What is said at start of an object's options: {@code spec/object-options.yaml}. */
class ObjectOptionsTest {

  static Stream<Case> cases() {
    return Spec.cases("object-options");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void allMistakesAreTold(Case row) throws Exception {
    Map<String, String> parameters = new HashMap<>();
    row.map("set").forEach((name, value) -> parameters.put(name, value.toString()));
    try (DefaultCamelContext context = new DefaultCamelContext();
        AssumedRole role = role()) {
      role.setS3Endpoint(row.text("s3Endpoint"));
      bindKey(context, "short", "only this");
      bindKey(context, "raw", "0123456789abcdef0123456789abcdef");
      bindKey(context, "base64", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n");

      List<String> told = row.list("told");
      assertThat(role.problems(context, parameters)).containsExactlyElementsOf(told);
    }
  }

  @Test
  void metadataThatGrowWithTheRunAreRefusedByItsOwnMessage() {
    ObjectOptions options = new ObjectOptions();
    options.setMetadata("note=" + "x".repeat(1000));
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket("landing")
            .key("k")
            .metadata(Map.of("job", "j".repeat(1100)))
            .build();

    assertThatThrownBy(() -> options.on(request, role(), null))
        .isInstanceOfSatisfying(
            RunException.class,
            refused -> assertThat(refused.outcome()).isEqualTo(Outcome.CONFIGURATION))
        .hasMessageContaining("its metadata are 2107 bytes long");
  }

  @Test
  void theJobsBucketOwnerCountsMoreThanTheRoles() {
    AssumedRole role = role();
    role.setExpectedBucketOwner("111111111111");
    ObjectOptions options = new ObjectOptions();
    PutObjectRequest request = PutObjectRequest.builder().bucket("landing").key("k").build();
    assertThat(options.on(request, role, null).expectedBucketOwner()).isEqualTo("111111111111");

    options.setExpectedBucketOwner("222222222222");

    assertThat(options.on(request, role, null).expectedBucketOwner()).isEqualTo("222222222222");
  }

  private static void bindKey(DefaultCamelContext context, String name, String value) {
    EncryptionKey key = new EncryptionKey();
    key.setValue(value);
    context.getRegistry().bind(name, key);
  }

  private static AssumedRole role() {
    AssumedRole role = new AssumedRole();
    role.setRoleArn("arn:aws:iam::123456789012:role/landing");
    role.setRegion("us-west-2");
    return role;
  }
}
