package dev.writeback.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What S3 asks of a request about an object that is encrypted with a key of the customer's: the
 * same key with each, as described in
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-s3-c-encryption.html. That it
 * also asks for TLS is not imitated, since nothing of a sandbox leaves the machine.
 */
final class CustomerKeyRule {

  private static final String PREFIX = "x-amz-server-side-encryption-customer-";
  private static final String ALGORITHM = PREFIX + "algorithm";
  private static final String KEY = PREFIX + "key";
  private static final String KEY_MD5 = PREFIX + "key-md5";
  private static final int KEY_BYTES = 32;

  private CustomerKeyRule() {}

  /** Refuses headers that are not whole, or whose key is none. */
  static void check(HttpExchange exchange) throws AwsError {
    Headers headers = exchange.getRequestHeaders();
    boolean any =
        headers.keySet().stream()
            .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(PREFIX));
    if (!any) {
      return;
    }
    if (!"AES256".equals(headers.getFirst(ALGORITHM))) {
      throw new AwsError(
          400, "InvalidEncryptionAlgorithmError", "The Encryption request is not valid.");
    }
    byte[] key = key(headers.getFirst(KEY));
    if (key.length != KEY_BYTES || !md5(key).equals(headers.getFirst(KEY_MD5))) {
      throw new AwsError(
          400,
          "InvalidArgument",
          "The calculated MD5 hash of the key did not match the hash that was provided.");
    }
  }

  /**
   * Refuses another key than that of the object or upload, or none.
   *
   * @param of the headers that the object or upload was made with, by lower-case name
   */
  static void check(HttpExchange exchange, Map<String, String> of) throws AwsError {
    check(exchange);
    String given = exchange.getRequestHeaders().getFirst(KEY_MD5);
    String needed = of.get(KEY_MD5);
    if (!Objects.equals(given, needed)) {
      throw needed != null && given != null
          ? new AwsError(403, "AccessDenied", "Access Denied")
          : new AwsError(
              400,
              "InvalidRequest",
              "The object was stored using a form of Server Side Encryption. The correct parameters"
                  + " must be provided.");
    }
  }

  private static byte[] key(String base64) {
    try {
      return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static String md5(byte[] key) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
