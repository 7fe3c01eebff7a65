package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

class SandboxStsTest {

  private Sandbox sandbox;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.builder().hashingSink(true).start();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void rightCallMintsAKey() {
    String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    Credentials keys = assume(request -> request.policy(policy).durationSeconds(900));

    assertThat(keys.accessKeyId()).startsWith("ASIA").hasSize(20);
    assertThat(keys.expiration())
        .isBetween(Instant.now().plusSeconds(880), Instant.now().plusSeconds(901));
    assertThat(sandbox.sts().calls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.roleArn()).isEqualTo(Sandbox.ROLE_ARN);
              assertThat(call.roleSessionName()).isEqualTo("test");
              assertThat(call.externalId()).isEqualTo(Sandbox.EXTERNAL_ID);
              assertThat(call.policy()).isEqualTo(policy);
              assertThat(call.durationSeconds()).isEqualTo(900);
              assertThat(call.mintedAccessKeyId()).isEqualTo(keys.accessKeyId());
              assertThat(call.error()).isNull();
            });
  }

  @Test
  void answerTellsTheTrueLifeOfAShortKey() {
    sandbox.sts().setKeyLife(Duration.ofSeconds(15));
    assertThat(assume(request -> request.durationSeconds(3600)).expiration())
        .isBetween(Instant.now().plusSeconds(10), Instant.now().plusSeconds(17));
  }

  @Test
  void wrongExternalIdIsDenied() {
    refused(request -> request.externalId("wrong"), 403, "AccessDenied", "sts:AssumeRole");
  }

  @Test
  void noExternalIdIsDenied() {
    refused(request -> request.externalId(null), 403, "AccessDenied", "sts:AssumeRole");
  }

  @Test
  void anotherRoleIsDenied() {
    String other = "arn:aws:iam::111122223333:role/another";
    refused(request -> request.roleArn(other), 403, "AccessDenied", other);
  }

  @Test
  void tooShortAndTooLongDurationsAreRefused() {
    refused(request -> request.durationSeconds(899), 400, "ValidationError", "900");
    refused(request -> request.durationSeconds(43_201), 400, "ValidationError", "43200");
  }

  @Test
  void sessionNameOfForbiddenCharactersIsRefused() {
    refused(request -> request.roleSessionName("a b"), 400, "ValidationError", "roleSessionName");
  }

  @Test
  void policyOfMoreThan2048CharactersIsRefused() {
    String policy = "{\"Version\":\"2012-10-17\",\"Sid\":\"" + "x".repeat(2048) + "\"}";
    refused(request -> request.policy(policy), 400, "ValidationError", "2048");
  }

  @Test
  void policyThatIsNoJsonIsRefused() {
    refused(request -> request.policy("{"), 400, "MalformedPolicyDocument", "JSON");
  }

  @Test
  void wrongSecretAndUnknownKeyAreRefused() {
    try (StsClient wrongSecret = Clients.sts(sandbox, Sandbox.ACCESS_KEY_ID, "wrong");
        StsClient unknownKey = Clients.sts(sandbox, "AKIAUNKNOWN", "wrong")) {
      refused(wrongSecret, request -> {}, 403, "SignatureDoesNotMatch", "signature");
      refused(unknownKey, request -> {}, 403, "InvalidClientTokenId", "token");
    }
    assertThat(sandbox.sts().assumed()).isZero();
  }

  @Test
  void refusesAsOftenAsItIsTold() {
    sandbox.sts().refuse(500, "InternalFailure", 1);
    refused(request -> {}, 500, "InternalFailure", "told");
    assertThat(assume(request -> {}).accessKeyId()).isNotEmpty();
  }

  @Test
  void downMeansNoAnswer() {
    sandbox.sts().setDown(true);
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> assume(request -> {}));
    sandbox.sts().heal();
    assertThat(assume(request -> {}).accessKeyId()).isNotEmpty();
  }

  @Test
  void tellsWhoTheCallerIs() {
    try (StsClient sts = Clients.sts(sandbox)) {
      assertThat(sts.getCallerIdentity().arn())
          .isEqualTo("arn:aws:iam::111122223333:user/writeback");
    }
  }

  private Credentials assume(Consumer<AssumeRoleRequest.Builder> change) {
    try (StsClient sts = Clients.sts(sandbox)) {
      return sts.assumeRole(Clients.assumeRole().applyMutation(change).build()).credentials();
    }
  }

  private void refused(
      Consumer<AssumeRoleRequest.Builder> change, int status, String code, String said) {
    try (StsClient sts = Clients.sts(sandbox)) {
      refused(sts, change, status, code, said);
    }
  }

  private void refused(
      StsClient sts,
      Consumer<AssumeRoleRequest.Builder> change,
      int status,
      String code,
      String said) {
    assertThatExceptionOfType(StsException.class)
        .isThrownBy(() -> sts.assumeRole(Clients.assumeRole().applyMutation(change).build()))
        .satisfies(
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.awsErrorDetails().errorMessage()).contains(said);
            });
    assertThat(sandbox.sts().calls()).last().extracting(StsCall::error).isEqualTo(code);
  }
}
