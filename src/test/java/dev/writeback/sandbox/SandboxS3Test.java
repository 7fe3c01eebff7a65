package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

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

  /** S3Proxy lists what it is still writing, under a name of its own. */
  @Test
  void whatIsBeingWrittenIsNoObjectYet() throws Exception {
    int most = 64;
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try (S3Client s3 = Clients.s3(sandbox, session)) {
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        String key = "under-way/" + i;
        writing.add(
            writers.submit(
                () ->
                    s3.putObject(
                        put -> put.bucket(Sandbox.BUCKET).key(key),
                        RequestBody.fromBytes(new byte[1 << 20]))));
      }
      while (writing.stream().anyMatch(one -> !one.isDone())) {
        assertThat(sandbox.s3().objects())
            .extracting(StoredObject::key)
            .filteredOn(key -> key.startsWith("under-way/"))
            .allMatch(key -> key.matches("under-way/\\d+"));
      }
      for (Future<?> one : writing) {
        one.get();
      }
    } finally {
      writers.shutdownNow();
    }
    assertThat(sandbox.s3().objects())
        .extracting(StoredObject::key)
        .filteredOn(key -> key.startsWith("under-way/"))
        .hasSize(most);
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

  @Test
  void expiredKeyIsRefused() {
    sandbox.sts().setKeyLife(Duration.ofSeconds(1));
    AwsSessionCredentials shortLived = Clients.session(sandbox);
    sandbox.sts().setKeyLife(null);
    Awaitility.await().until(() -> error(shortLived, s3 -> put(s3, "late")) != null);
    S3Exception late = error(shortLived, s3 -> put(s3, "late"));
    assertThat(late.statusCode()).isEqualTo(400);
    assertThat(late.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken");
  }

  @Test
  void anotherRegionOrBucketIsRefused() {
    try (S3Client elsewhere = Clients.s3(sandbox, session, "eu-central-1")) {
      assertThat(error(elsewhere, s3 -> put(s3, "region")).awsErrorDetails().errorMessage())
          .contains("expecting 'us-west-2'");
    }
    S3Exception noBucket =
        error(
            session,
            s3 ->
                s3.putObject(
                    of -> of.bucket("another").key("refused"), RequestBody.fromString("x")));
    assertThat(noBucket.awsErrorDetails().errorCode()).isEqualTo("NoSuchBucket");
  }

  @Test
  void sessionPolicyIsKept() {
    AwsSessionCredentials narrow =
        Clients.session(
            sandbox,
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
             "Action":["s3:PutObject","s3:GetObject"],
             "Resource":"arn:aws:s3:::landing/narrow/${*}/*.csv"}]}""");
    try (S3Client s3 = Clients.s3(sandbox, narrow)) {
      put(s3, "narrow/*/1.csv");
      assertThat(s3.headObject(of -> of.bucket(Sandbox.BUCKET).key("narrow/*/1.csv")).eTag())
          .isNotEmpty();
      assertThat(denied(s3, client -> put(client, "narrow/a/1.csv"))).isTrue();
      assertThat(denied(s3, client -> put(client, "narrow/*/1.txt"))).isTrue();
      assertThat(denied(s3, client -> client.headBucket(of -> of.bucket(Sandbox.BUCKET)))).isTrue();
      assertThat(
              denied(
                  s3,
                  client ->
                      client.headObject(of -> of.bucket(Sandbox.BUCKET).key("narrow/*/2.csv"))))
          .as("who may not list is not told what is absent")
          .isTrue();
    }
  }

  @Test
  void multipartUploadIsSeenUntilItEnds() {
    byte[] part = new byte[5 * 1024 * 1024];
    try (S3Client s3 = Clients.s3(sandbox, session)) {
      String upload =
          s3.createMultipartUpload(of -> of.bucket(Sandbox.BUCKET).key("parts")).uploadId();
      assertThat(sandbox.s3().openUploads()).contains(upload);
      List<CompletedPart> parts = new ArrayList<>();
      for (int number = 1; number <= 2; number++) {
        parts.add(part(s3, "parts", upload, number, part));
      }
      s3.completeMultipartUpload(
          of ->
              of.bucket(Sandbox.BUCKET)
                  .key("parts")
                  .uploadId(upload)
                  .multipartUpload(all -> all.parts(parts)));
      assertThat(sandbox.s3().openUploads()).doesNotContain(upload);
    }
    assertThat(sandbox.s3().object("parts").orElseThrow())
        .satisfies(
            object -> {
              assertThat(object.length()).isEqualTo(2 * part.length);
              assertThat(object.parts()).isEqualTo(2);
            });
    assertThat(sandbox.s3().calls(S3Operation.UPLOAD_PART))
        .filteredOn(call -> "parts".equals(call.key()))
        .extracting(S3Call::partNumber)
        .containsExactly(1, 2);
  }

  @Test
  void existingObjectIsKeptOnRequest() {
    try (S3Client s3 = Clients.s3(sandbox, session)) {
      put(s3, "once");
    }
    S3Exception there =
        error(
            session,
            s3 ->
                s3.putObject(
                    of -> of.bucket(Sandbox.BUCKET).key("once").ifNoneMatch("*"),
                    RequestBody.fromString("2")));
    assertThat(there.statusCode()).isEqualTo(412);
    assertThat(sandbox.s3().bytes("once")).asString().isEqualTo("x");
  }

  @Test
  void partFailsOnceAndConnectionIsReset() {
    byte[] bytes = new byte[5 * 1024 * 1024];
    sandbox.s3().inject(S3Fault.refuse(503, "SlowDown").onPart(1).onKey("faulty").times(1));
    sandbox.s3().inject(S3Fault.resetAfter(100_000).onPart(2).onKey("faulty").times(1));
    try (S3Client s3 = Clients.s3(sandbox, session)) {
      String upload =
          s3.createMultipartUpload(of -> of.bucket(Sandbox.BUCKET).key("faulty")).uploadId();
      assertThat(error(s3, client -> part(client, "faulty", upload, 1, bytes)).statusCode())
          .isEqualTo(503);
      assertThat(part(s3, "faulty", upload, 1, bytes).eTag()).isNotEmpty();
      assertThatExceptionOfType(SdkClientException.class)
          .isThrownBy(() -> part(s3, "faulty", upload, 2, bytes));
      s3.abortMultipartUpload(of -> of.bucket(Sandbox.BUCKET).key("faulty").uploadId(upload));
    }
    assertThat(sandbox.s3().calls(S3Operation.UPLOAD_PART))
        .filteredOn(call -> call.key().equals("faulty"))
        .extracting(S3Call::status)
        .containsExactly(503, 200, 0);
  }

  @Test
  void storesAndSaysThatItDidNot() {
    sandbox.s3().inject(S3Fault.storeAndRefuse(500, "InternalError").onKey("stored").times(1));
    assertThat(error(session, s3 -> put(s3, "stored")).statusCode()).isEqualTo(500);
    assertThat(sandbox.s3().object("stored")).isPresent();
  }

  @Test
  void encryptionIsEchoedUnlessIgnored() {
    assertThat(encrypted()).isEqualTo(ServerSideEncryption.AES256);
    sandbox.s3().inject(S3Fault.ignoreEncryption().onKey("encrypted").times(1));
    assertThat(encrypted()).isNull();
  }

  private static ServerSideEncryption encrypted() {
    try (S3Client s3 = Clients.s3(sandbox, session)) {
      return s3.putObject(
              of ->
                  of.bucket(Sandbox.BUCKET)
                      .key("encrypted")
                      .serverSideEncryption(ServerSideEncryption.AES256),
              RequestBody.fromString("x"))
          .serverSideEncryption();
    }
  }

  private static void put(S3Client s3, String key) {
    s3.putObject(of -> of.bucket(Sandbox.BUCKET).key(key), RequestBody.fromString("x"));
  }

  private static CompletedPart part(
      S3Client s3, String key, String upload, int number, byte[] bytes) {
    String eTag =
        s3.uploadPart(
                of -> of.bucket(Sandbox.BUCKET).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(bytes))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(eTag).build();
  }

  private static boolean denied(S3Client s3, Consumer<S3Client> call) {
    return error(s3, call).statusCode() == 403;
  }

  private static S3Exception error(AwsCredentials credentials, Consumer<S3Client> call) {
    try (S3Client s3 = Clients.s3(sandbox, credentials)) {
      return error(s3, call);
    }
  }

  private static S3Exception error(S3Client s3, Consumer<S3Client> call) {
    return catchThrowableOfType(S3Exception.class, () -> call.accept(s3));
  }

  private static void refused(AwsCredentials credentials, int status, String code) {
    S3Exception refusal = error(credentials, s3 -> put(s3, "refused"));
    assertThat(refusal.statusCode()).isEqualTo(status);
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(sandbox.s3().object("refused")).isEmpty();
  }
}
