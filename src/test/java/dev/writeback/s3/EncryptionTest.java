package dev.writeback.s3;

import static dev.writeback.s3.LiveStream.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.run.EncryptionKey;
import dev.writeback.run.EncryptionMethod;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.S3Call;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

@Timeout(60)
class EncryptionTest {

  private static final int PART = 5 * 1024 * 1024;
  private static final String KEY = "finance/sales.csv";
  private static final String PREFIX = "x-amz-server-side-encryption";

  private final DefaultCamelContext context = new DefaultCamelContext();
  private Sandbox sandbox;
  private AssumedRole role;
  private StreamingUploads uploads;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.builder().hashingSink(true).start();
    role = SandboxRole.of(sandbox);
    uploads = SandboxRole.uploads(role);
    EncryptionKey key = new EncryptionKey();
    key.setValue("0123456789abcdef0123456789abcdef");
    context.getRegistry().bind("customer", key);
    uploads.setCamelContext(context);
  }

  @AfterEach
  void stop() {
    uploads.close();
    role.close();
    sandbox.close();
    context.stop();
  }

  @ParameterizedTest
  @EnumSource(
      value = EncryptionMethod.class,
      names = {"SSE_S3", "SSE_KMS", "DSSE_KMS", "SSE_C"})
  void isAskedForAndConfirmedBeforeTheFirstByte(EncryptionMethod method) throws Exception {
    with(method);

    put(7);

    S3Call create = sandbox.s3().calls(S3Operation.CREATE_MULTIPART_UPLOAD).get(0);
    assertThat(create.headers())
        .containsKey(method == EncryptionMethod.SSE_C ? PREFIX + "-customer-key" : PREFIX);
    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT)).as("short as it is").isEmpty();
    S3Call part = sandbox.s3().calls(S3Operation.UPLOAD_PART).get(0);
    assertThat(part.headers().keySet().stream().filter(name -> name.startsWith(PREFIX)))
        .as("S3 takes the customer's key there, and nothing else")
        .hasSize(method == EncryptionMethod.SSE_C ? 3 : 0);
    assertThat(sandbox.s3().object(KEY).orElseThrow().sha256()).isEqualTo(sha256(bytes(7)));
  }

  @ParameterizedTest
  @EnumSource(
      value = EncryptionMethod.class,
      names = {"SSE_S3", "SSE_KMS", "DSSE_KMS", "SSE_C"})
  void thatIsNotConfirmedLeavesNothing(EncryptionMethod method) {
    with(method);
    sandbox.s3().inject(S3Fault.ignoreEncryption().on(S3Operation.CREATE_MULTIPART_UPLOAD));

    RunException failure = catchThrowableOfType(RunException.class, () -> put(PART + 1));

    assertThat(failure.outcome()).isEqualTo(Outcome.S3);
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("was asked for, S3 confirms none. Nothing was sent");
    assertThat(sandbox.s3().calls(S3Operation.UPLOAD_PART)).isEmpty();
    assertThat(sandbox.s3().objects()).isEmpty();
    assertThat(sandbox.s3().openUploads()).isEmpty();
  }

  @Test
  void anEmptyObjectIsEncryptedToo() {
    with(EncryptionMethod.SSE_S3);

    put(0);

    assertThat(sandbox.s3().object(KEY).orElseThrow().length()).isZero();
    assertThat(sandbox.s3().object(KEY).orElseThrow().headers()).containsEntry(PREFIX, "AES256");
  }

  @Test
  void theLookAtAnObjectBringsTheCustomersKey() {
    with(EncryptionMethod.SSE_C);
    put(7);
    uploads.setOverwrite(false);

    RunException failure = catchThrowableOfType(RunException.class, () -> put(8));

    assertThat(failure).hasMessageContaining("exists already (ETag ");
    assertThat(sandbox.s3().calls(S3Operation.HEAD_OBJECT).get(0).headers())
        .containsEntry(PREFIX + "-customer-key", "***");
  }

  @ParameterizedTest
  @CsvSource({
    "alias/landing, arn:aws:kms:us-west-2:111122223333:key/1, true",
    "arn:aws:kms:us-west-2:111122223333:alias/landing, arn:aws:kms:us-west-2:111122223333:key/1, true",
    "1, arn:aws:kms:us-west-2:111122223333:key/1, true",
    "arn:aws:kms:us-west-2:111122223333:key/1, 1, true",
    "arn:aws:kms:us-west-2:111122223333:key/1, arn:aws:kms:us-west-2:111122223333:key/2, false",
    "1, 2, false",
    "alias/landing, , false"
  })
  void theKeyMustBeTheOneAskedFor(String asked, String answered, boolean right) {
    PutObjectRequest request =
        PutObjectRequest.builder().serverSideEncryption("aws:kms").ssekmsKeyId(asked).build();
    CreateMultipartUploadResponse answer =
        CreateMultipartUploadResponse.builder()
            .serverSideEncryption("aws:kms")
            .ssekmsKeyId(answered)
            .build();

    RunException refused =
        catchThrowableOfType(RunException.class, () -> EncryptionProof.check(request, answer));

    assertThat(refused == null).isEqualTo(right);
  }

  @Test
  void theKeyItselfIsNowhereToBeRead() {
    uploads.getObject().setEncryptionMethod(EncryptionMethod.SSE_C);
    uploads.getObject().setEncryptionKey("customer");
    PutObjectRequest request =
        uploads
            .getObject()
            .on(PutObjectRequest.builder().metadata(Map.of()).build(), role, context);

    assertThat(request.sseCustomerKey()).isEqualTo("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    assertThat(request.toString() + CustomerKey.of(new byte[32]))
        .doesNotContain(request.sseCustomerKey());
  }

  private void with(EncryptionMethod method) {
    uploads.getObject().setEncryptionMethod(method);
    uploads.getObject().setEncryptionKey(method == EncryptionMethod.SSE_C ? "customer" : null);
  }

  private void put(int length) {
    uploads.put(
        PutObjectRequest.builder().bucket(Sandbox.BUCKET).key(KEY).build(),
        RequestBody.fromInputStream(LiveStream.of(bytes(length)), 0));
  }

  private static String sha256(byte[] of) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(of));
  }
}
