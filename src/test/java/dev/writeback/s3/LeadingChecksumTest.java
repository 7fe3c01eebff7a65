package dev.writeback.s3;

import static dev.writeback.s3.LiveStream.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.sandbox.S3Call;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class LeadingChecksumTest {

  private static final int PART = 5 * 1024 * 1024;
  private static final String CRC32_HEADER = "x-amz-checksum-crc32";

  @Test
  void aPartIsToldByTheAlgorithmWithWhichItsUploadBegan() throws IOException {
    byte[] content = bytes(2 * PART + 3);

    try (Sandbox sandbox = Sandbox.start()) {
      put(sandbox, request(), content);

      assertThat(sandbox.s3().calls(S3Operation.CREATE_MULTIPART_UPLOAD).get(0).headers())
          .containsEntry("x-amz-checksum-algorithm", "CRC32");
      assertThat(parts(sandbox))
          .extracting(part -> part.headers().get(CRC32_HEADER))
          .containsExactly(
              crc32(content, 0, PART),
              crc32(content, PART, 2 * PART),
              crc32(content, 2 * PART, content.length));
      assertThat(sandbox.s3().bytes("sales.csv")).isEqualTo(content);
    }
  }

  @Test
  void overTlsABodyIsSentAsItIs() throws IOException {
    byte[] content = bytes(PART + 1);

    try (Sandbox sandbox = Sandbox.builder().https(true).start()) {
      trusting(sandbox, () -> put(sandbox, request(), content));

      assertThat(parts(sandbox)).extracting(S3Call::bytes).containsExactly((long) PART, 1L);
      assertThat(parts(sandbox).get(0).headers())
          .containsEntry(CRC32_HEADER, crc32(content, 0, PART))
          .doesNotContainKeys("x-amz-trailer", "content-encoding");
      assertThat(sandbox.s3().bytes("sales.csv")).isEqualTo(content);
    }
  }

  @Test
  void aChecksumThatIsStatedStaysTheOnlyOne() throws IOException {
    byte[] content = bytes(5);
    String stated = crc32(content, 0, content.length);

    try (Sandbox sandbox = Sandbox.start()) {
      put(sandbox, request().toBuilder().checksumCRC32(stated).build(), content);

      assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT).get(0).headers())
          .containsEntry(CRC32_HEADER, stated)
          .doesNotContainKeys("x-amz-trailer", "x-amz-sdk-checksum-algorithm");
    }
  }

  @Test
  void anAlgorithmThatIsNotKnownHereIsLeftToTheSdk() throws IOException {
    PutObjectRequest unknown =
        request().toBuilder().checksumAlgorithm(ChecksumAlgorithm.CRC64_NVME).build();

    assertThat(LeadingChecksum.named(unknown, ChecksumMode.WHEN_SUPPORTED)).isSameAs(unknown);
    try (BufferReservation memory = new BufferBudget(PART).reserve(PART).join();
        Part part = new Part(1, PART, memory)) {
      assertThat(LeadingChecksum.tell(unknown.toBuilder(), unknown, part).build())
          .isEqualTo(unknown);
    }
  }

  private static PutObjectRequest request() {
    return PutObjectRequest.builder().bucket(Sandbox.BUCKET).key("sales.csv").build();
  }

  private static void put(Sandbox sandbox, PutObjectRequest request, byte[] content) {
    try (AssumedRole role = SandboxRole.of(sandbox);
        StreamingUploads uploads = SandboxRole.uploads(role)) {
      uploads.put(request, RequestBody.fromBytes(content));
    }
  }

  private static void trusting(Sandbox sandbox, Runnable work) {
    Map<String, String> trust = sandbox.trust();
    trust.forEach(System::setProperty);
    try {
      work.run();
    } finally {
      trust.keySet().forEach(System::clearProperty);
    }
  }

  private static List<S3Call> parts(Sandbox sandbox) {
    return sandbox.s3().calls(S3Operation.UPLOAD_PART).stream()
        .sorted(Comparator.comparing(S3Call::partNumber))
        .toList();
  }

  private static String crc32(byte[] content, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(Arrays.copyOfRange(content, from, to));
    byte[] four = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(four);
  }
}
