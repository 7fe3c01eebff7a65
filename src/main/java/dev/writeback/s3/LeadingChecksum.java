package dev.writeback.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
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
 * ({@code aws-chunked}): each is copied once more, and not every S3 server takes them. What is told
 * ahead has to be in memory as a whole, as a {@link Part} is.
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

  private static final String ALGORITHM = MEMBER + "Algorithm";

  /** Null where there is nothing to tell. */
  private final ChecksumAlgorithm algorithm;

  private LeadingChecksum(ChecksumAlgorithm algorithm) {
    this.algorithm = algorithm;
  }

  /**
   * By the algorithm that the object's request names, or else CRC32 where the role's {@code
   * checksums} want one. None where the request states a checksum itself, or names an algorithm
   * that is not known here, or where the SDK sends chunks all the same, to sign them: then it is
   * the SDK's.
   */
  static LeadingChecksum of(PutObjectRequest object, AssumedRole role) {
    if (isSignedInChunks(role)
        || object.sdkFields().stream()
            .anyMatch(field -> isChecksum(field) && field.getValueOrDefault(object) != null)) {
      return new LeadingChecksum(null);
    }
    ChecksumAlgorithm named = object.checksumAlgorithm();
    ChecksumAlgorithm algorithm =
        named == null && role.getChecksums() == ChecksumMode.WHEN_SUPPORTED
            ? ChecksumAlgorithm.CRC32
            : named;
    return new LeadingChecksum(algorithm != null && KNOWN.contains(algorithm) ? algorithm : null);
  }

  /** Where no TLS protects a body, its signature does. */
  private static boolean isSignedInChunks(AssumedRole role) {
    String endpoint = role.getS3Endpoint();
    return role.isChunkedEncoding() && endpoint != null && endpoint.startsWith("http:");
  }

  /**
   * Tells the checksum of what is sent in the request that sends it.
   *
   * @param request the builder of a PutObject or an UploadPart
   * @param content shows the bytes, in their order: the first so many of each array
   */
  <B extends SdkPojo> B tell(B request, Consumer<ObjIntConsumer<byte[]>> content) {
    if (algorithm != null) {
      String value = Base64.getEncoder().encodeToString(bytes(content));
      for (SdkField<?> field : request.sdkFields()) {
        if (field.memberName().equals(ALGORITHM)) {
          field.set(request, algorithm.toString());
        } else if (field.memberName().equals(MEMBER + algorithm)) {
          field.set(request, value);
        }
      }
    }
    return request;
  }

  private static boolean isChecksum(SdkField<?> field) {
    String name = field.memberName();
    return name.startsWith(MEMBER) && !name.equals(ALGORITHM) || name.equals("ContentMD5");
  }

  private byte[] bytes(Consumer<ObjIntConsumer<byte[]>> content) {
    return switch (algorithm) {
      case CRC32 -> crc(new CRC32(), content);
      case CRC32_C -> crc(new CRC32C(), content);
      case SHA1 -> hash("SHA-1", content);
      default -> hash("SHA-256", content);
    };
  }

  private static byte[] crc(Checksum crc, Consumer<ObjIntConsumer<byte[]>> content) {
    content.accept((bytes, length) -> crc.update(bytes, 0, length));
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
  }

  private static byte[] hash(String name, Consumer<ObjIntConsumer<byte[]>> content) {
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      content.accept((bytes, length) -> digest.update(bytes, 0, length));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each Java has " + name, e);
    }
  }
}
