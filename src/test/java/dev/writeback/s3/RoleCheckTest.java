package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sts.StsClient;

class RoleCheckTest {

  @ParameterizedTest
  @MethodSource("cases")
  void tellsAllProblemsInTheirOrder(Case expected) throws Exception {
    AssumedRole role = right();
    bind(role, expected.map("set"));

    List<String> told = expected.list("told");
    assertThat(role.problems())
        .hasSize(told.size())
        .zipSatisfy(told, (problem, beginning) -> assertThat(problem).startsWith(beginning));
    assertThat(role.problems()).allSatisfy(problem -> assertThat(problem).contains(". Right is "));
  }

  static Stream<Case> cases() {
    return Spec.cases("role-options");
  }

  @Test
  void aGivenClientLeavesNoRoomForCredentialsAndEndpoint() {
    AssumedRole role = right();
    role.setStsEndpoint("http://sts.example.com");
    try (StsClient given =
        new StsClient() {
          @Override
          public String serviceName() {
            return "sts";
          }

          @Override
          public void close() {}
        }) {
      role.setStsClient(given);

      assertThat(role.problems()).singleElement().asString().startsWith("stsClient comes with");
    }
  }

  @Test
  void noProblemAndNoTextShowsASecret() throws Exception {
    AssumedRole role = right();
    bind(
        role,
        Map.of(
            "externalId", "one external id",
            "accessKey", "AKIAEXAMPLEEXAMPLE",
            "secretKey", "open-sesame",
            "sessionToken", "a-long-token"));

    assertThat(role + " " + role.problems())
        .doesNotContain("one external id", "AKIAEXAMPLEEXAMPLE", "open-sesame", "a-long-token")
        .contains("externalId=on...id (15 characters)", "secretKey=***", "sessionToken=***");
  }

  @Test
  void optionsAreWrittenAsWords() throws Exception {
    AssumedRole role = right();
    bind(
        role, Map.of("checksums", "whenRequired", "pathStyle", "true", "chunkedEncoding", "false"));

    assertThat(role.getChecksums()).isEqualTo(ChecksumMode.WHEN_REQUIRED);
    assertThat(role.isPathStyle()).isTrue();
    assertThat(role.isChunkedEncoding()).isFalse();
  }

  /** As {@code landing.s3-endpoint=} of the shipped settings: AWS itself. */
  @Test
  void anEndpointThatIsLeftEmptyIsThatOfAws() throws Exception {
    try (AssumedRole role = right()) {
      bind(role, Map.of("s3Endpoint", "empty", "stsEndpoint", "empty", "externalId", "empty"));

      assertThat(role.s3Client().serviceClientConfiguration().endpointOverride()).isEmpty();
      assertThat(role.getStsEndpoint()).isNull();
      assertThat(role.getExternalId()).isNull();
    }
  }

  private static AssumedRole right() {
    AssumedRole role = new AssumedRole();
    role.setRoleArn("arn:aws:iam::123456789012:role/landing");
    role.setExternalId("acme-landing");
    role.setRoleSessionName("domo-writeback");
    role.setRegion("us-west-2");
    role.setBucket("acme-landing");
    return role;
  }

  private static void bind(AssumedRole role, Map<String, Object> options) throws IOException {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      options.forEach(
          (option, value) ->
              PropertyBindingSupport.build()
                  .bind(context, role, option, "empty".equals(value) ? "" : value));
    }
  }
}
