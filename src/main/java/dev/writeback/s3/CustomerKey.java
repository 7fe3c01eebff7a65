package dev.writeback.s3;

import dev.writeback.run.EncryptionKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * A key of SSE-C, as its headers have it (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html">Amazon
 * S3 User Guide, "SSE-C"</a>).
 *
 * @param base64 the 256 bits; secret
 * @param md5 of those bits, in base64: tells S3 that the key arrived whole
 */
record CustomerKey(String base64, String md5) {

  /** S3 knows no other. */
  static final String ALGORITHM = "AES256";

  private static final int BYTES = 32;

  /** The key bean of this name, if there is one. */
  static Optional<EncryptionKey> bean(CamelContext context, String name) {
    return Optional.ofNullable(
        context.getRegistry().lookupByNameAndType(name, EncryptionKey.class));
  }

  /** Empty where these bytes are no such key: 32 bytes as they are, or their base64. */
  static Optional<CustomerKey> of(byte[] key) {
    if (key.length == BYTES) {
      return Optional.of(new CustomerKey(Base64.getEncoder().encodeToString(key), md5(key)));
    }
    try {
      byte[] decoded =
          Base64.getDecoder().decode(new String(key, StandardCharsets.ISO_8859_1).strip());
      return decoded.length == BYTES ? of(decoded) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String md5(byte[] key) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "CustomerKey[***]";
  }
}
