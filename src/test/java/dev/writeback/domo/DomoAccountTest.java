package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomoAccountTest {

  private final DomoAccount account = new DomoAccount();

  DomoAccountTest() {
    account.setDomoClientId("3f2c8a1e-0000-4000-8000-123456789abc");
    account.setDomoClientSecret("top-secret");
  }

  @Test
  void needsNothingButIdAndSecret() {
    assertThat(account.problems()).isEmpty();
    assertThat(account.apiUrl()).hasToString("https://api.domo.com");
  }

  @Test
  void tellsAllProblemsAtOnce() {
    DomoAccount wrong = new DomoAccount();
    wrong.setDomoClientSecret("top-secret\n");
    wrong.setApiHost("http://api.domo.com");
    wrong.setReadTimeout(Duration.ZERO);

    assertThatThrownBy(wrong::validate)
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.CONFIGURATION))
        .hasMessageContaining("domoClientId - missing")
        .hasMessageContaining("domoClientSecret - begins or ends with white space")
        .hasMessageContaining(
            "apiHost - plain http would show the secret to the network - 'api.domo.com'")
        .hasMessageContaining("readTimeout - not above zero - '0 ms'")
        .hasMessageNotContaining("top-secret");
  }

  @ParameterizedTest
  @CsvSource({
    "api.domo.com, https://api.domo.com",
    "api.domo.com:8443, https://api.domo.com:8443",
    "https://api.domo.com/, https://api.domo.com",
    "http://127.0.0.1:8080, http://127.0.0.1:8080",
    "http://127.8.8.8:1, http://127.8.8.8:1",
    "http://localhost:8080, http://localhost:8080",
    "http://[::1]:8080, http://[::1]:8080",
  })
  void takesAHostOrItsUrl(String apiHost, String url) {
    account.setApiHost(apiHost);

    assertThat(account.problems()).isEmpty();
    assertThat(account.apiUrl()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://user:top-secret@api.domo.com",
        "api.domo.com/v1",
        "https://api.domo.com?a=b",
        "ftp://api.domo.com",
        "api domo com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://10.0.0.1:8080",
        "http://[::2]:8080",
      })
  void refusesWhatIsNoHostOrWouldShowTheSecret(String apiHost) {
    account.setApiHost(apiHost);

    assertThat(account.problems())
        .singleElement()
        .asString()
        .startsWith("apiHost")
        .doesNotContain("top-secret");
  }

  @Test
  void neverPrintsTheSecret() {
    assertThat(account).hasToString("Domo client 3f2c8a1e... at api.domo.com");
  }
}
