package dev.writeback.sandbox;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that the STS has minted, for the S3 to know them. Thread-safe. */
final class SessionKeys {

  /**
   * One set of temporary credentials.
   *
   * @param policy the session policy, or null for none
   */
  record SessionKey(
      String accessKeyId,
      String secretAccessKey,
      String sessionToken,
      Instant expiration,
      String policy) {

    boolean expired() {
      return !Instant.now().isBefore(expiration);
    }
  }

  private static final char[] ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".toCharArray();

  private final SecureRandom random = new SecureRandom();
  private final Map<String, SessionKey> keys = new ConcurrentHashMap<>();

  SessionKey mint(Duration life, String policy) {
    StringBuilder id = new StringBuilder("ASIA");
    for (int i = 0; i < 16; i++) {
      id.append(ID_CHARACTERS[random.nextInt(ID_CHARACTERS.length)]);
    }
    // STS tells whole seconds; a key must not die before the second that it was told.
    Instant expiration = Instant.now().plus(life).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    SessionKey key = new SessionKey(id.toString(), secret(30), secret(180), expiration, policy);
    keys.put(key.accessKeyId(), key);
    return key;
  }

  Optional<SessionKey> find(String accessKeyId) {
    return Optional.ofNullable(keys.get(accessKeyId));
  }

  private String secret(int bytes) {
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }
}
