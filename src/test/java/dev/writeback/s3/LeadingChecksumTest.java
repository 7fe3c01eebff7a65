package dev.writeback.s3;

import static dev.writeback.s3.LiveStream.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.sandbox.S3Call;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class LeadingChecksumTest {

  private static final int PART = 5 * 1024 * 1024;
  private static final String KEY = "sales.csv";
  private static final String CRC32_HEADER = "x-amz-checksum-crc32";

  private Sandbox sandbox;
  private Map<String, String> trust;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.builder().https(true).start();
    trust = sandbox.trust();
    trust.forEach(System::setProperty);
  }

  @AfterEach
  void stop() {
    trust.keySet().forEach(System::clearProperty);
    sandbox.close();
  }

  @Test
  void overTlsEachPartIsSentAsItIs() {
    byte[] content = bytes(2 * PART + 3);

    put(request(), content);

    List<S3Call> parts =
        sandbox.s3().calls(S3Operation.UPLOAD_PART).stream()
            .sorted(Comparator.comparing(S3Call::partNumber))
            .toList();
    assertThat(parts).extracting(S3Call::bytes).containsExactly((long) PART, (long) PART, 3L);
    assertThat(parts)
        .extracting(part -> part.headers().get(CRC32_HEADER))
        .containsExactly(
            crc32(content, 0, PART),
            crc32(content, PART, 2 * PART),
            crc32(content, 2 * PART, content.length));
    assertThat(parts)
        .allSatisfy(
            part ->
                assertThat(part.headers()).doesNotContainKeys("x-amz-trailer", "content-encoding"));
    assertThat(sandbox.s3().calls(S3Operation.CREATE_MULTIPART_UPLOAD).get(0).headers())
        .as("nobody has asked for an algorithm of the whole object")
        .doesNotContainKey("x-amz-checksum-algorithm");
    assertThat(sandbox.s3().bytes(KEY)).isEqualTo(content);
  }

  /** By zlib, hashlib and a table of its own, in Python. */
  @ParameterizedTest
  @CsvSource({
    "CRC32, x-amz-checksum-crc32, y/Q5Jg==",
    "CRC32C, x-amz-checksum-crc32c, 4waSgw==",
    "SHA1, x-amz-checksum-sha1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
    "SHA256, x-amz-checksum-sha256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
  })
  void theAlgorithmIsTheJobs(String algorithm, String header, String value) {
    put(
        request().toBuilder().checksumAlgorithm(algorithm).build(),
        "123456789".getBytes(StandardCharsets.US_ASCII));

    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT).get(0).headers())
        .containsEntry(header, value)
        .containsEntry("x-amz-sdk-checksum-algorithm", algorithm)
        .doesNotContainKeys("x-amz-trailer", "content-encoding");
  }

  @Test
  void aChecksumThatIsStatedStaysTheOnlyOne() {
    byte[] content = bytes(5);
    String stated = crc32(content, 0, content.length);

    put(request().toBuilder().checksumCRC32(stated).build(), content);

    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT).get(0).headers())
        .containsEntry(CRC32_HEADER, stated)
        .doesNotContainKeys("x-amz-trailer", "x-amz-sdk-checksum-algorithm");
  }

  @Test
  void whatIsNotToldHereIsLeftToTheSdk() {
    AssumedRole withoutTls = SandboxRole.of(sandbox);
    withoutTls.setS3Endpoint("http://127.0.0.1:1");
    AssumedRole required = SandboxRole.of(sandbox);
    required.setChecksums(ChecksumMode.WHEN_REQUIRED);
    PutObjectRequest unknown = request().toBuilder().checksumAlgorithm("CRC64NVME").build();
    PutObjectRequest stated = request().toBuilder().contentMD5("1B2M2Y8AsgTpgAmY7PhCfg==").build();

    assertThat(told(unknown, SandboxRole.of(sandbox))).isEqualTo(unknown);
    assertThat(told(stated, SandboxRole.of(sandbox))).isEqualTo(stated);
    assertThat(told(request(), withoutTls)).isEqualTo(request());
    assertThat(told(request(), required)).isEqualTo(request());
  }

  private static PutObjectRequest told(PutObjectRequest request, AssumedRole role) {
    return LeadingChecksum.of(request, role)
        .tell(request.toBuilder(), reader -> reader.accept(new byte[1], 1))
        .build();
  }

  private static PutObjectRequest request() {
    return PutObjectRequest.builder().bucket(Sandbox.BUCKET).key(KEY).build();
  }

  private void put(PutObjectRequest request, byte[] content) {
    try (AssumedRole role = SandboxRole.of(sandbox);
        StreamingUploads uploads = SandboxRole.uploads(role)) {
      uploads.put(request, RequestBody.fromBytes(content));
    }
  }

  private static String crc32(byte[] content, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(Arrays.copyOfRange(content, from, to));
    byte[] four = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(four);
  }
}
