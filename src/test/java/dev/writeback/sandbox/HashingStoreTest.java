package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The hashing sink, through AWS's own client. */
class HashingStoreTest {

  private static final int PART = 5 * 1024 * 1024;

  private final byte[] bytes = new byte[2 * PART + 1234];
  private Sandbox sandbox;
  private S3Client s3;

  @BeforeEach
  void start() throws IOException {
    new Random(7).nextBytes(bytes);
    sandbox = Sandbox.builder().hashingSink(true).start();
    s3 = Clients.s3(sandbox, Clients.session(sandbox));
  }

  @AfterEach
  void stop() {
    s3.close();
    sandbox.close();
  }

  @Test
  void partsThatComeOutOfOrderAreHashedInOrder() {
    String upload = create("big");
    List<CompletedPart> parts = new ArrayList<>();
    for (int number : new int[] {3, 1, 2}) {
      parts.add(part("big", upload, number));
    }
    assertThat(sandbox.s3().openUploads()).containsExactly(upload);
    parts.sort((one, other) -> one.partNumber() - other.partNumber());
    complete("big", upload, parts);

    assertThat(sandbox.s3().openUploads()).isEmpty();
    assertThat(sandbox.s3().object("big").orElseThrow())
        .satisfies(
            object -> {
              assertThat(object.length()).isEqualTo(bytes.length);
              assertThat(object.sha256()).isEqualTo(Signature.sha256(bytes));
              assertThat(object.parts()).isEqualTo(3);
              assertThat(object.metadata()).containsEntry("job", "sales");
              assertThat(object.headers())
                  .containsEntry("content-type", "text/csv")
                  .containsEntry("x-amz-server-side-encryption", "AES256");
            });
    HeadObjectResponse head = s3.headObject(of -> of.bucket(Sandbox.BUCKET).key("big"));
    assertThat(head.contentLength()).isEqualTo(bytes.length);
    assertThat(head.metadata()).containsEntry("job", "sales");
  }

  @Test
  void partThatIsSentAgainCountsOnce() {
    String upload = create("again");
    List<CompletedPart> parts = new ArrayList<>();
    part("again", upload, 1);
    for (int number = 1; number <= 3; number++) {
      parts.add(part("again", upload, number));
    }
    complete("again", upload, parts);
    assertThat(sandbox.s3().object("again").orElseThrow().sha256())
        .isEqualTo(Signature.sha256(bytes));
  }

  @Test
  void missingPartAndAbortedUploadAreRefused() {
    String upload = create("short");
    CompletedPart second = part("short", upload, 2);
    refused(400, "InvalidPart", () -> complete("short", upload, List.of(second)));
    s3.abortMultipartUpload(of -> of.bucket(Sandbox.BUCKET).key("short").uploadId(upload));
    refused(404, "NoSuchUpload", () -> part("short", upload, 1));
    assertThat(sandbox.s3().openUploads()).isEmpty();
    assertThat(sandbox.s3().objects()).isEmpty();
  }

  @Test
  void wrongChecksumIsRefused() {
    refused(
        400,
        "BadDigest",
        () ->
            s3.putObject(
                of -> of.bucket(Sandbox.BUCKET).key("bad").checksumCRC32("AAAAAA=="),
                RequestBody.fromBytes(bytes)));
    assertThat(sandbox.s3().objects()).isEmpty();
  }

  @Test
  void existingObjectIsKeptOnRequest() {
    put("once", "1");
    refused(
        412,
        "PreconditionFailed",
        () ->
            s3.putObject(
                of -> of.bucket(Sandbox.BUCKET).key("once").ifNoneMatch("*"),
                RequestBody.fromString("2")));
    assertThat(sandbox.s3().object("once").orElseThrow().sha256()).isEqualTo(Signature.sha256("1"));
  }

  @Test
  void objectIsDeletedAndReadingIsRefused() {
    put("gone", "1");
    refused(
        501,
        "NotImplemented",
        () -> s3.getObjectAsBytes(of -> of.bucket(Sandbox.BUCKET).key("gone")));
    s3.deleteObject(of -> of.bucket(Sandbox.BUCKET).key("gone"));
    assertThat(sandbox.s3().objects()).isEmpty();
  }

  private void put(String key, String text) {
    s3.putObject(of -> of.bucket(Sandbox.BUCKET).key(key), RequestBody.fromString(text));
  }

  private String create(String key) {
    return s3.createMultipartUpload(
            of ->
                of.bucket(Sandbox.BUCKET)
                    .key(key)
                    .contentType("text/csv")
                    .metadata(Map.of("job", "sales"))
                    .serverSideEncryption(ServerSideEncryption.AES256)
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32))
        .uploadId();
  }

  private CompletedPart part(String key, String upload, int number) {
    int from = (number - 1) * PART;
    byte[] part = Arrays.copyOfRange(bytes, from, Math.min(from + PART, bytes.length));
    String eTag =
        s3.uploadPart(
                of -> of.bucket(Sandbox.BUCKET).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(part))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(eTag).build();
  }

  private void complete(String key, String upload, List<CompletedPart> parts) {
    s3.completeMultipartUpload(
        of ->
            of.bucket(Sandbox.BUCKET)
                .key(key)
                .uploadId(upload)
                .multipartUpload(all -> all.parts(parts)));
  }

  private static void refused(int status, String code, Runnable call) {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(call::run)
        .satisfies(
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }
}
