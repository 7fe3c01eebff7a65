package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessTokenTest {

  private static final Instant ASKED = Instant.ofEpochSecond(1_000_000);

  @Test
  void isRenewedAMinuteBeforeAnHourIsOver() throws IOException {
    assertThat(renewAt("opaque", "3600")).isEqualTo(ASKED.plusSeconds(3540));
  }

  @Test
  void keepsAMarginThatFitsAShortLife() throws IOException {
    assertThat(renewAt("opaque", "15")).isEqualTo(ASKED.plusMillis(13_500));
  }

  @Test
  void readsTheLifeOfAJwt() throws IOException {
    String token = jwt("{\"exp\": 1000600}");

    assertThat(renewAt(token, "null")).isEqualTo(ASKED.plusSeconds(540));
  }

  @Test
  void doesNotTrustTheClockOfDomoMoreThanItMust() throws IOException {
    String token = jwt("{\"iat\": 2000000, \"exp\": 2000600}");

    assertThat(renewAt(token, "null")).isEqualTo(ASKED.plusSeconds(540));
  }

  @Test
  void takesTheShorterOfTwoLives() throws IOException {
    assertThat(renewAt(jwt("{\"exp\": 1000100}"), "3600")).isEqualTo(ASKED.plusSeconds(90));
    assertThat(renewAt(jwt("{\"exp\": 1003600}"), "100")).isEqualTo(ASKED.plusSeconds(90));
  }

  @Test
  void isUsedUntilItIsRefusedWhereNothingTellsItsLife() throws IOException {
    assertThat(renewAt("opaque", "null")).isNull();
    assertThat(renewAt("a.b.c", "null")).isNull();
    assertThat(new AccessToken("opaque", null, null, List.of()).isUsable(Instant.MAX)).isTrue();
  }

  @Test
  void believesNoLifeOfMoreThanADay() throws IOException {
    Instant aMinuteBeforeADay = ASKED.plusSeconds(86_340);

    assertThat(renewAt("opaque", Long.toString(Long.MAX_VALUE))).isEqualTo(aMinuteBeforeADay);
    assertThat(renewAt("opaque", "1e300")).isEqualTo(aMinuteBeforeADay);
    assertThat(renewAt(jwt("{\"exp\": 9223372036854775807}"), "null")).isEqualTo(aMinuteBeforeADay);
  }

  @Test
  void asksForAnotherWhereAJwtHasEndedBeforeItBegan() throws IOException {
    String token = jwt("{\"iat\": 9223372036854775807, \"exp\": 1}");

    assertThat(renewAt(token, "null")).isEqualTo(ASKED);
  }

  @Test
  void isNeverPrinted() {
    assertThat(new AccessToken("top-secret", ASKED, null, List.of()).toString())
        .doesNotContain("top-secret");
  }

  private static Instant renewAt(String token, String expiresIn) throws IOException {
    String reply = "{\"access_token\": \"%s\", \"expires_in\": %s}".formatted(token, expiresIn);
    return AccessToken.of(new ObjectMapper().readTree(reply), ASKED).renewAt();
  }

  private static String jwt(String claims) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return "e30." + encoded + ".signature";
  }
}
