package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is wrong with a command is said before anybody is contacted. */
class RunCommandTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "acme.domo-client-id",
          "id",
          "acme.domo-client-secret",
          "secret",
          "acme.api-host",
          "http://127.0.0.1:1",
          "landing.external-id",
          "acme-1",
          "landing.sts-endpoint",
          "http://127.0.0.1:1",
          LedgerDatabase.URL,
          "jdbc:h2:mem:run-command");

  private final StringWriter err = new StringWriter();

  @BeforeEach
  void settings() {
    SETTINGS.forEach(System::setProperty);
  }

  @AfterEach
  void noSettings() {
    SETTINGS.keySet().forEach(System::clearProperty);
  }

  @Test
  void sinceIsForAJobWithOnlyNewData() {
    assertThat(execute("run", "orders-by-hand", "--since", "3")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "--since - job orders-by-hand has no onlyNewData, every run of it writes all rows -"
                + " leave --since out, or set onlyNewData to true\n");
  }

  /** And not by the whole usage, under which nobody would see it. */
  @Test
  void whatIsWrongWithTheCommandLineIsSaidInALine() {
    assertThat(execute("run", "orders-by-hand", "--at", "2026-13-01")).isEqualTo(2);

    assertThat(err.toString().lines())
        .containsExactly(
            "Invalid value for option '--at': no date or time - '2026-13-01' - such as"
                + " 2026-03-29, 2026-03-29T06:00 (in the job's zone) or 2026-03-29T06:00:00Z",
            "All options: domo-s3-writeback run --help");

    assertThat(execute("run", "orders-by-hand", "--rety")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Unknown option: '--rety'", "Possible solutions: --retry")
        .doesNotContain("Usage:");
  }

  @Test
  void aNameThatIsNearIsOffered() {
    assertThat(execute("run", "orders-by-hnad")).isEqualTo(2);

    assertThat(err.toString()).contains("did you mean 'orders-by-hand'?");
  }

  private int execute(String... arguments) {
    CommandLine program = Program.commandLine();
    program.setErr(new PrintWriter(err, true));
    return program.execute(arguments);
  }
}
