package dev.writeback.domo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A bearer token.
 *
 * @param renewAt from when on a new one is asked for; null where its life is not known, so that it
 *     is used until it is refused
 * @param userId the Domo user as whom the client acts; null where Domo does not say
 * @param scopes what it may be used for; empty where Domo does not say
 */
record AccessToken(String value, Instant renewAt, Long userId, List<String> scopes) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);
  private static final int MARGIN_PARTS = 10;

  /** Another token a day costs nothing, and a life that no clock can count cannot do harm. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(1);

  /**
   * @param reply the token endpoint's answer (RFC 6749, 5.1)
   * @param asked when it was asked for: its life counts from there, so that a slow reply does not
   *     lengthen it
   */
  static AccessToken of(JsonNode reply, Instant asked) {
    String value = reply.path("access_token").asText();
    Duration life = shorter(seconds(reply.path("expires_in")), lifeOf(value, asked));
    return new AccessToken(
        value,
        life == null ? null : renewAt(asked, life),
        DataSet.number(reply, "userId"),
        scopes(reply.path("scope").asText("")));
  }

  /** RFC 6749, 3.3: words with spaces between. */
  private static List<String> scopes(String scope) {
    return scope.isBlank() ? List.of() : List.of(scope.strip().split("\\s+"));
  }

  boolean isUsable(Instant now) {
    return renewAt == null || now.isBefore(renewAt);
  }

  private static Instant renewAt(Instant asked, Duration said) {
    Duration life = shorter(said.isNegative() ? Duration.ZERO : said, LONGEST_LIFE);
    return asked.plus(life).minus(margin(life));
  }

  private static Duration margin(Duration life) {
    Duration part = life.dividedBy(MARGIN_PARTS);
    return part.compareTo(LONGEST_MARGIN) < 0 ? part : LONGEST_MARGIN;
  }

  /** What a JWT says (RFC 7519, 4.1). Its own issue time spares the comparison of two clocks. */
  private static Duration lifeOf(String token, Instant asked) {
    String[] parts = token.split("\\.");
    if (parts.length != 3) {
      return null;
    }
    try {
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      Duration expires = seconds(claims.path("exp"));
      Duration issued = seconds(claims.path("iat"));
      if (expires == null) {
        return null;
      }
      return expires.minus(issued == null ? Duration.ofSeconds(asked.getEpochSecond()) : issued);
    } catch (IOException | IllegalArgumentException e) {
      // Not a JWT after all; nothing says that it has to be one.
      return null;
    }
  }

  private static Duration seconds(JsonNode number) {
    return number.isNumber() && number.asLong() > 0 ? Duration.ofSeconds(number.asLong()) : null;
  }

  private static Duration shorter(Duration one, Duration other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Not the token itself. */
  @Override
  public String toString() {
    return "token to renew at " + renewAt;
  }
}
