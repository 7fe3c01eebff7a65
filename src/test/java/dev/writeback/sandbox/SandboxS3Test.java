package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class SandboxS3Test {

  private static Sandbox sandbox;
  private static AwsSessionCredentials session;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start();
    session = Clients.session(sandbox);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void mintedKeyPutsAnObject() {
    try (S3Client s3 = Clients.s3(sandbox, session)) {
      s3.putObject(
          put -> put.bucket(Sandbox.BUCKET).key("a b/ü+.csv").metadata(Map.of("job", "sales")),
          RequestBody.fromString("one,two\n"));
    }
    assertThat(sandbox.s3().bytes("a b/ü+.csv")).asString().isEqualTo("one,two\n");
    assertThat(sandbox.s3().object("a b/ü+.csv").orElseThrow().metadata())
        .containsEntry("job", "sales");
    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT))
        .last()
        .satisfies(
            call -> {
              assertThat(call.accessKeyId()).isEqualTo(session.accessKeyId());
              assertThat(call.status()).isEqualTo(200);
              assertThat(call.headers()).containsEntry("authorization", "***");
            });
  }

  @Test
  void theCallersOwnKeyMayNotWrite() {
    refused(
        AwsBasicCredentials.create(Sandbox.ACCESS_KEY_ID, Sandbox.SECRET_ACCESS_KEY),
        403,
        "AccessDenied");
  }

  @Test
  void foreignKeyIsNotKnown() {
    refused(AwsBasicCredentials.create("AKIAFOREIGN", "secret"), 403, "InvalidAccessKeyId");
  }

  @Test
  void mintedKeyWithoutItsTokenIsNotKnown() {
    refused(
        AwsBasicCredentials.create(session.accessKeyId(), session.secretAccessKey()),
        403,
        "InvalidAccessKeyId");
  }

  @Test
  void mintedKeyWithAnotherTokenIsRefused() {
    refused(
        AwsSessionCredentials.create(
            session.accessKeyId(), session.secretAccessKey(), "another token"),
        400,
        "InvalidToken");
  }

  @Test
  void mintedKeyWithAnotherSecretIsRefused() {
    refused(
        AwsSessionCredentials.create(
            session.accessKeyId(), "another secret", session.sessionToken()),
        403,
        "SignatureDoesNotMatch");
  }

  private static void refused(AwsCredentials credentials, int status, String code) {
    try (S3Client s3 = Clients.s3(sandbox, credentials)) {
      assertThatExceptionOfType(S3Exception.class)
          .isThrownBy(
              () ->
                  s3.putObject(
                      put -> put.bucket(Sandbox.BUCKET).key("refused"),
                      RequestBody.fromString("x")))
          .satisfies(
              e -> {
                assertThat(e.statusCode()).isEqualTo(status);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              });
    }
    assertThat(sandbox.s3().object("refused")).isEmpty();
  }
}
