package dev.writeback.s3;

import static dev.writeback.s3.LiveStream.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.S3Call;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

@Timeout(60)
class StreamingUploadsTest {

  private static final int PART = 5 * 1024 * 1024;
  private static final String KEY = "finance/sales.csv";

  private Sandbox sandbox;
  private AssumedRole role;
  private StreamingUploads uploads;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
    role = SandboxRole.of(sandbox);
    uploads = SandboxRole.uploads(role);
  }

  @AfterEach
  void stop() {
    uploads.close();
    role.close();
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "5242879, 0", "5242880, 0", "5242881, 2", "16777216, 4"})
  void lengthsAroundTheSizeOfAPart(int length, int parts) {
    byte[] content = bytes(length);

    PutObjectResponse response = put(LiveStream.of(content));

    assertThat(sandbox.s3().bytes(KEY)).isEqualTo(content);
    assertCalls(S3Operation.UPLOAD_PART, parts);
    assertCalls(S3Operation.PUT_OBJECT, parts == 0 ? 1 : 0);
    assertThat(response.eTag()).isNotBlank();
    assertThat(sandbox.s3().openUploads()).isEmpty();
  }

  @Test
  void aPartThatFailsOnceIsSentAgain() {
    sandbox.s3().inject(S3Fault.refuse(503, "SlowDown").onPart(2).times(1));
    byte[] content = bytes(3 * PART);

    put(LiveStream.of(content));

    assertThat(sandbox.s3().bytes(KEY)).isEqualTo(content);
    assertCalls(S3Operation.UPLOAD_PART, 4);
  }

  @Test
  void aPartWhoseConnectionBreaksIsSentAgain() {
    sandbox.s3().inject(S3Fault.resetAfter(100_000).onPart(1).times(1));
    byte[] content = bytes(2 * PART);

    put(LiveStream.of(content));

    assertThat(sandbox.s3().bytes(KEY)).isEqualTo(content);
  }

  @Test
  void aPartThatFailsForGoodEndsAllAndCancelsAStalledSource() {
    sandbox.s3().inject(S3Fault.refuse(503, "SlowDown").onPart(1));
    LiveStream source = LiveStream.stalling(bytes(PART + 1));

    RunException failure = failure(source);

    assertThat(failure.outcome()).isEqualTo(Outcome.S3);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("503 SlowDown");
    assertThat(source.isClosed()).isTrue();
    assertNothingLeft();
  }

  @Test
  void aStreamThatFailsLeavesNothing() {
    RunException ofDomo = new RunException(Outcome.DOMO, true, "Domo hung up");
    LiveStream source =
        LiveStream.failing(bytes(2 * PART + 7), new IOException("the export ended", ofDomo));

    assertThat(failure(source)).isSameAs(ofDomo);
    assertThat(source.isClosed()).isTrue();
    assertNothingLeft();
  }

  @Test
  void aShortStreamThatFailsIsNotWritten() {
    RunException notProved = new RunException(Outcome.NOT_PROVED, true, "9 of 10 rows");

    assertThat(failure(LiveStream.failing(bytes(10), new IOException(notProved))))
        .isSameAs(notProved);
    assertThat(sandbox.s3().calls()).isEmpty();
  }

  @Test
  void anErrorLeavesNothingEither() {
    OutOfMemoryError error = new OutOfMemoryError("as if");
    LiveStream source = LiveStream.of(bytes(2 * PART));
    RequestBody body =
        RequestBody.fromContentProvider(
            () ->
                new java.io.FilterInputStream(source) {
                  @Override
                  public int read(byte[] target, int offset, int length) throws IOException {
                    if (source.bytesRead() > PART + 1) {
                      throw error;
                    }
                    return super.read(target, offset, length);
                  }
                },
            0,
            "text/csv");

    assertThat(
            catchThrowableOfType(
                OutOfMemoryError.class, () -> uploads.put(request().build(), body)))
        .isSameAs(error);
    assertThat(source.isClosed()).isTrue();
    assertNothingLeft();
  }

  @Test
  void anInterruptAbortsAndStaysAnInterrupt() throws Exception {
    LiveStream source = LiveStream.stalling(bytes(PART + 1));
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              failure(source);
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    thread.start();
    awaitPart();

    thread.interrupt();

    assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
    assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({"10", "11000000"})
  void overwriteOffLeavesAnExistingObjectAlone(int length) {
    put(LiveStream.of(bytes(5)));
    PutObjectRequest request = request().ifNoneMatch("*").build();

    RunException failure =
        catchThrowableOfType(
            RunException.class, () -> uploads.put(request, unknown(LiveStream.of(bytes(length)))));

    assertThat(failure.outcome()).isEqualTo(Outcome.S3);
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure)
        .hasMessageContaining("an object of this name exists already (ETag ")
        .hasMessageContaining("overwrite is off");
    assertThat(sandbox.s3().bytes(KEY)).isEqualTo(bytes(5));
    assertThat(sandbox.s3().openUploads()).isEmpty();
  }

  @Test
  void overwriteOffIsAnOptionOfTheClientToo() {
    put(LiveStream.of(bytes(5)));
    uploads.setOverwrite(false);

    assertThat(failure(LiveStream.of(bytes(6)))).hasMessageContaining("exists already");
  }

  @Test
  void optionsForOtherServersReachTheWire() {
    put(LiveStream.of(bytes(5)));
    AssumedRole plain = SandboxRole.of(sandbox);
    plain.setChecksums(ChecksumMode.WHEN_REQUIRED);
    plain.setChunkedEncoding(false);
    try (StreamingUploads other = SandboxRole.uploads(plain)) {
      other.put(request().key("plain").build(), unknown(LiveStream.of(bytes(5))));
    }
    plain.close();

    List<S3Call> puts = sandbox.s3().calls(S3Operation.PUT_OBJECT);
    assertThat(puts.get(0).headers())
        .containsEntry("x-amz-trailer", "x-amz-checksum-crc32")
        .containsEntry("content-encoding", "aws-chunked");
    assertThat(puts.get(1).headers())
        .doesNotContainKeys("x-amz-trailer", "x-amz-checksum-crc32", "content-encoding");
  }

  @Test
  void uploadsWithoutARoleSaySo() {
    try (StreamingUploads without = new StreamingUploads()) {
      assertThatThrownBy(() -> new StreamingS3Client(without))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith("role is missing");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = S3Operation.class,
      names = {"PUT_OBJECT", "CREATE_MULTIPART_UPLOAD", "COMPLETE_MULTIPART_UPLOAD"})
  void whatTheJobRepeatsIsNotRepeatedHere(S3Operation operation) {
    sandbox.s3().inject(S3Fault.refuse(503, "SlowDown").on(operation));
    int length = operation == S3Operation.PUT_OBJECT ? 10 : 2 * PART;

    RunException failure = failure(LiveStream.of(bytes(length)));

    assertThat(failure.isRetryable()).isTrue();
    assertThat(sandbox.s3().calls(operation)).hasSize(1);
    assertNothingLeft();
  }

  @Test
  void aRefusedRoleIsAskedForOnce() {
    sandbox.sts().refuse(500, "InternalFailure", 0);

    assertThat(failure(LiveStream.of(bytes(10))).isRetryable()).isTrue();
    assertThat(sandbox.sts().calls()).hasSize(1);
  }

  @Test
  void anotherUploadOfTheSameNameIsWorthAnotherTry() {
    sandbox
        .s3()
        .inject(
            S3Fault.refuse(409, "ConditionalRequestConflict")
                .on(S3Operation.COMPLETE_MULTIPART_UPLOAD));

    assertThat(failure(LiveStream.of(bytes(2 * PART))).isRetryable()).isTrue();
    assertNothingLeft();
  }

  @Test
  void anAbortThatFailsDoesNotHideTheFirstFailure() {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").onPart(2));
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.ABORT_MULTIPART_UPLOAD));

    RunException failure = failure(LiveStream.of(bytes(3 * PART)));

    assertThat(failure.outcome()).isEqualTo(Outcome.CREDENTIALS);
    assertThat(failure.getCause().getSuppressed()).hasSize(1);
  }

  @Test
  void closeAbortsWhatIsUnderWayOnTheServer() throws Exception {
    LiveStream source = LiveStream.stalling(bytes(PART + 1));
    CompletableFuture<RunException> failure = CompletableFuture.supplyAsync(() -> failure(source));
    awaitPart();

    uploads.close();

    assertCalls(S3Operation.ABORT_MULTIPART_UPLOAD, 1);
    assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessageContaining("being stopped");
    Awaitility.await().untilAsserted(() -> assertThat(partThreads()).isZero());
    assertThat(source.isClosed()).isTrue();
    assertNothingLeft();
    assertThat(failure(LiveStream.of(bytes(1)))).hasMessageContaining("being stopped");
  }

  @Test
  void closeBreaksOffAServerThatTakesForEver() throws Exception {
    sandbox.s3().inject(S3Fault.slow(1_000).onPart(1));
    CompletableFuture<RunException> failure =
        CompletableFuture.supplyAsync(() -> failure(LiveStream.of(bytes(2 * PART))));
    Awaitility.await()
        .until(() -> !sandbox.s3().calls(S3Operation.CREATE_MULTIPART_UPLOAD).isEmpty());

    uploads.close();

    assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessageContaining("being stopped");
    assertCalls(S3Operation.ABORT_MULTIPART_UPLOAD, 1);
  }

  @Test
  void aFileOfKnownLengthSimplyWorks(@TempDir Path directory) throws IOException {
    byte[] content = bytes(PART + 3);
    Path file = Files.write(directory.resolve("file"), content);

    new StreamingS3Client(uploads).putObject(request().build(), file);

    assertThat(sandbox.s3().bytes(KEY)).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({"20, 10", "10, 20", "8000000, 7000000", "7000000, 8000000"})
  void aBodyThatIsNotAsLongAsItSaysIsRefused(int announced, int length) {
    RunException failure =
        catchThrowableOfType(
            RunException.class,
            () ->
                uploads.put(
                    request().build(),
                    RequestBody.fromInputStream(
                        new ByteArrayInputStream(bytes(length)), announced)));

    assertThat(failure).hasMessageContaining(announced + " bytes were announced");
    assertNothingLeft();
  }

  @Test
  void otherOperationsGoThroughAsTheRole() {
    put(LiveStream.of(bytes(3)));

    StreamingS3Client client = new StreamingS3Client(uploads);
    assertThat(client.getObjectAsBytes(get -> get.bucket(Sandbox.BUCKET).key(KEY)).asByteArray())
        .isEqualTo(bytes(3));
    assertThat(client.headBucket(head -> head.bucket(Sandbox.BUCKET)).bucketRegion())
        .isEqualTo(Sandbox.REGION);
    assertThat(sandbox.s3().calls(S3Operation.HEAD_BUCKET)).isEmpty();
  }

  @Test
  void everythingOfTheRequestReachesTheUpload() {
    PutObjectRequest request =
        request()
            .metadata(Map.of("run-id", "a-run", "job", "sales"))
            .contentType("text/csv; charset=utf-8")
            .contentEncoding("identity")
            .cacheControl("no-store")
            .contentDisposition("attachment")
            .storageClass("STANDARD_IA")
            .serverSideEncryption("aws:kms")
            .ssekmsKeyId("alias/landing")
            .bucketKeyEnabled(true)
            .expectedBucketOwner("111122223333")
            .build();

    uploads.put(request, unknown(LiveStream.of(bytes(PART + 1))));

    S3Call create = sandbox.s3().calls(S3Operation.CREATE_MULTIPART_UPLOAD).get(0);
    assertThat(create.headers())
        .containsEntry("x-amz-meta-run-id", "a-run")
        .containsEntry("x-amz-meta-job", "sales")
        .containsEntry("content-type", "text/csv; charset=utf-8")
        .containsEntry("content-encoding", "identity")
        .containsEntry("cache-control", "no-store")
        .containsEntry("content-disposition", "attachment")
        .containsEntry("x-amz-storage-class", "STANDARD_IA")
        .containsEntry("x-amz-server-side-encryption", "aws:kms")
        .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "alias/landing")
        .containsEntry("x-amz-server-side-encryption-bucket-key-enabled", "true");
    assertThat(sandbox.s3().calls())
        .allSatisfy(
            call ->
                assertThat(call.headers())
                    .containsEntry("x-amz-expected-bucket-owner", "111122223333"));
    assertThat(sandbox.s3().calls(S3Operation.UPLOAD_PART).get(0).headers())
        .doesNotContainKeys("x-amz-server-side-encryption", "x-amz-storage-class");
  }

  @Test
  void whatNoMultipartUploadCarriesIsRefused() {
    RunException failure =
        catchThrowableOfType(
            RunException.class,
            () ->
                uploads.put(
                    request().contentMD5("1B2M2Y8AsgTpgAmY7PhCfg==").build(),
                    unknown(LiveStream.of(bytes(PART + 1)))));

    assertThat(failure).hasMessageContaining("a multipart upload carries no ContentMD5");
    assertNothingLeft();
  }

  private static long partThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("writeback-part"))
        .count();
  }

  private void assertCalls(S3Operation operation, int count) {
    assertThat(sandbox.s3().calls(operation)).hasSize(count);
  }

  private void awaitPart() {
    Awaitility.await().until(() -> !sandbox.s3().calls(S3Operation.UPLOAD_PART).isEmpty());
  }

  private void assertNothingLeft() {
    assertThat(sandbox.s3().objects()).isEmpty();
    assertThat(sandbox.s3().openUploads()).isEmpty();
  }

  private PutObjectResponse put(LiveStream source) {
    return uploads.put(request().build(), unknown(source));
  }

  private RunException failure(LiveStream source) {
    return catchThrowableOfType(RunException.class, () -> put(source));
  }

  private static RequestBody unknown(LiveStream source) {
    return RequestBody.fromInputStream(source, 0);
  }

  private static PutObjectRequest.Builder request() {
    return PutObjectRequest.builder().bucket(Sandbox.BUCKET).key(KEY);
  }
}
