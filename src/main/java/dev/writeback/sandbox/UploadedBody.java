package dev.writeback.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The bytes of a PutObject or an UploadPart, after everything that the request says of them has
 * been found true.
 *
 * @param crc32 in base64, as S3 tells it
 */
record UploadedBody(byte[] bytes, String crc32) {

  private static final String CRC32_HEADER = "x-amz-checksum-crc32";

  static UploadedBody read(HttpExchange exchange, InputStream body) throws IOException, AwsError {
    Headers headers = exchange.getRequestHeaders();
    String payloadHash = headers.getFirst("x-amz-content-sha256");
    String told = headers.getFirst(CRC32_HEADER);
    byte[] bytes;
    if (payloadHash.startsWith("STREAMING-")) {
      AwsChunkedInputStream chunks = new AwsChunkedInputStream(body);
      bytes = whole(chunks, headers.getFirst("x-amz-decoded-content-length"));
      if (chunks.read() >= 0) {
        throw new AwsError(400, "IncompleteBody", "The body is longer than its stated length.");
      }
      told = chunks.trailers().getOrDefault(CRC32_HEADER, told);
    } else {
      bytes = whole(body, headers.getFirst("Content-Length"));
      if (payloadHash.length() == 64 && !payloadHash.equals(Signature.sha256(bytes))) {
        throw new AwsError(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
    }
    String crc32 = crc32(bytes);
    if (told != null && !told.equals(crc32)) {
      throw new AwsError(
          400, "BadDigest", "The CRC32 you specified did not match the calculated checksum.");
    }
    return new UploadedBody(bytes, crc32);
  }

  private static byte[] whole(InputStream body, String length) throws IOException, AwsError {
    byte[] bytes = new byte[length(length)];
    if (body.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw new AwsError(
          400,
          "IncompleteBody",
          "You did not provide the number of bytes specified by the Content-Length HTTP header.");
    }
    return bytes;
  }

  private static int length(String header) throws AwsError {
    if (header == null) {
      throw new AwsError(
          411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }
    long length = Long.parseLong(header);
    if (length > Integer.MAX_VALUE - 8) {
      throw new AwsError(
          400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
    }
    return (int) length;
  }

  private static String crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  Map<String, String> answerHeaders(String eTag) {
    return Map.of("ETag", '"' + eTag + '"', CRC32_HEADER, crc32);
  }
}
