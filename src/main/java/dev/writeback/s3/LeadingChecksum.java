package dev.writeback.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The checksum of a body, told in a header ahead of it, as S3 wants it: base64, a CRC with its
 * highest byte first. The SDK would tell it behind the body, for which it sends the body in chunks
 * ({@code aws-chunked}): each is copied once more, and not every S3 server takes them. A {@link
 * Part} is there as a whole before it is sent.
 */
final class LeadingChecksum {

  private static final Set<ChecksumAlgorithm> KNOWN =
      Set.of(
          ChecksumAlgorithm.CRC32,
          ChecksumAlgorithm.CRC32_C,
          ChecksumAlgorithm.SHA1,
          ChecksumAlgorithm.SHA256);

  /** The names of S3's model begin so. */
  private static final String MEMBER = "Checksum";

  private LeadingChecksum() {}

  /**
   * The request with the algorithm that it names, or else CRC32 where the role's {@code checksums}
   * want one: what the SDK would do.
   */
  static PutObjectRequest named(PutObjectRequest object, ChecksumMode mode) {
    boolean states = object.checksumAlgorithm() != null || has(object, LeadingChecksum::isChecksum);
    return states || mode == ChecksumMode.WHEN_REQUIRED
        ? object
        : object.toBuilder().checksumAlgorithm(ChecksumAlgorithm.CRC32).build();
  }

  /**
   * Tells the checksum of a part in the request that sends it, by the algorithm of its object; not
   * where that states a checksum itself.
   *
   * @param request the builder of a PutObject or an UploadPart
   */
  static <B extends SdkPojo> B tell(B request, PutObjectRequest object, Part part) {
    ChecksumAlgorithm algorithm = object.checksumAlgorithm();
    if (algorithm != null && KNOWN.contains(algorithm) && !has(object, LeadingChecksum::isValue)) {
      request.sdkFields().stream()
          .filter(field -> field.memberName().equals(MEMBER + algorithm))
          .forEach(
              field ->
                  field.set(request, Base64.getEncoder().encodeToString(bytes(algorithm, part))));
    }
    return request;
  }

  private static boolean isChecksum(SdkField<?> field) {
    return isValue(field) || field.memberName().equals("ContentMD5");
  }

  private static boolean isValue(SdkField<?> field) {
    return field.memberName().startsWith(MEMBER) && !field.memberName().endsWith("Algorithm");
  }

  private static boolean has(SdkPojo request, Predicate<SdkField<?>> wanted) {
    return request.sdkFields().stream()
        .anyMatch(field -> wanted.test(field) && field.getValueOrDefault(request) != null);
  }

  private static byte[] bytes(ChecksumAlgorithm algorithm, Part part) {
    return switch (algorithm) {
      case CRC32 -> bytes(new CRC32(), part);
      case CRC32_C -> bytes(new CRC32C(), part);
      case SHA1 -> hash("SHA-1", part);
      default -> hash("SHA-256", part);
    };
  }

  private static byte[] bytes(Checksum crc, Part part) {
    part.forEachChunk((bytes, length) -> crc.update(bytes, 0, length));
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
  }

  private static byte[] hash(String name, Part part) {
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      part.forEachChunk((bytes, length) -> digest.update(bytes, 0, length));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each Java has " + name, e);
    }
  }
}
