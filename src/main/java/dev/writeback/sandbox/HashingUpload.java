package dev.writeback.sandbox;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A multipart upload whose bytes are hashed in the order of the parts. A part that comes early
 * waits for its turn; then only what it was like is remembered. Thread-safe.
 */
final class HashingUpload {

  private static final int MIN_PART = 5 * 1024 * 1024;

  private record Part(int length, String eTag) {}

  private final String key;
  private final Map<String, String> headers;
  private final MessageDigest digest;
  private final TreeMap<Integer, Part> parts = new TreeMap<>();
  private final TreeMap<Integer, byte[]> waiting = new TreeMap<>();
  private int hashed;
  private long length;

  HashingUpload(String key, Map<String, String> headers, MessageDigest digest) {
    this.key = key;
    this.headers = headers;
    this.digest = digest;
  }

  String key() {
    return key;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** Takes a part and gives its ETag. A part that was there already must come again as it was. */
  synchronized String put(int number, UploadedBody body) throws AwsError {
    String eTag = HashingStore.eTag(body.crc32() + body.bytes().length);
    Part part = new Part(body.bytes().length, eTag);
    if (number <= hashed) {
      if (!part.equals(parts.get(number))) {
        throw new AwsError(
            501,
            "NotImplemented",
            "The hashing sink cannot take part " + number + " again with other bytes.");
      }
      return eTag;
    }
    parts.put(number, part);
    waiting.put(number, body.bytes());
    while (waiting.containsKey(hashed + 1)) {
      hash(waiting.remove(++hashed));
    }
    return eTag;
  }

  private void hash(byte[] bytes) {
    digest.update(bytes);
    length += bytes.length;
  }

  /**
   * @param listed the ETags by part number, as the client lists them
   */
  synchronized StoredObject complete(Map<Integer, String> listed) throws AwsError {
    if (listed.isEmpty() || !waiting.isEmpty() || listed.size() != parts.size()) {
      throw invalidPart();
    }
    int last = parts.lastKey();
    for (Map.Entry<Integer, Part> part : parts.entrySet()) {
      if (!part.getValue().eTag().equals(listed.get(part.getKey()))) {
        throw invalidPart();
      }
      if (part.getKey() != last && part.getValue().length() < MIN_PART) {
        throw new AwsError(
            400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
      }
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    String eTag = HashingStore.eTag(sha256) + "-" + last;
    return HashingStore.object(key, length, sha256, last, eTag, headers);
  }

  private static AwsError invalidPart() {
    return new AwsError(
        400,
        "InvalidPart",
        "One or more of the specified parts could not be found. The part may not have been"
            + " uploaded, or the specified entity tag may not match the part's entity tag.");
  }
}
