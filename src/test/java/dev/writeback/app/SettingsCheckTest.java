package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeback.run.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code validate} says of {@code application.properties}. */
class SettingsCheckTest {

  @TempDir Path folder;

  @BeforeEach
  void settings() throws IOException {
    JobFolder.in(folder);
  }

  private int lineOf(String setting) throws IOException {
    return Files.readAllLines(folder.resolve("application.properties")).indexOf(setting) + 1;
  }

  private void set(String... lines) throws IOException {
    Files.writeString(
        folder.resolve("application.properties"),
        String.join("\n", lines) + "\n",
        StandardOpenOption.APPEND);
  }

  private String validate(int exitCode) {
    try (CommandLineRun program = new CommandLineRun()) {
      program.with("acme.domo-client-id", "client").with("acme.domo-client-secret", "secret");
      assertThat(program.execute(new ValidateCommand(folder)))
          .as(program.out())
          .isEqualTo(exitCode);
      return program.out();
    }
  }

  @Test
  void whatAStartWouldRefuseIsToldTogether() throws IOException {
    set("reload=often", "management.port=99999", "ledger.url=jdbc:mysql://host/x?password=sesame");

    String file = folder.resolve("application.properties").toString();
    assertThat(validate(2).lines())
        .contains(
            file
                + ":"
                + lineOf("reload=often")
                + ":1: reload - no time between two looks - 'often' - a time such as 5s, or off")
        .anyMatch(line -> line.contains("management.port - no port - '99999'"))
        .anyMatch(
            line -> line.contains("ledger.url - no database that is known here - 'jdbc:mysql:..."))
        .noneMatch(line -> line.contains("sesame"));
  }

  @Test
  void theStartRefusesThemInTheSameWordsTogetherWithTheRoutesMistakes() throws IOException {
    set("reload=often", "ledger.url=jdbc:mysql://host/x?password=sesame");
    Files.writeString(folder.resolve("routes/empty.camel.yaml"), "");

    Throwable refused;
    try (CommandLineRun program = new CommandLineRun()) {
      program.with("acme.domo-client-id", "client").with("acme.domo-client-secret", "secret");
      refused = catchThrowable(() -> new Jobs(folder).scheduled());
    }

    String file = folder.resolve("application.properties").toString();
    assertThat(refused)
        .hasMessageContaining(
            file + ":" + lineOf("reload=often") + ":1: reload - no time between two looks")
        .hasMessageContaining(":1: ledger.url - no database that is known here - 'jdbc:mysql:...")
        .hasMessageContaining("nothing stands in it")
        .hasMessageNotContaining("sesame");
  }

  @Test
  void whatOnlyTheStartReadsKeepsNoSingleRunFromItsWork() throws IOException {
    JobFolder.in(folder.resolve("other"))
        .job("sales", Map.of("inputDataset", "sales", "fileName", "a"));
    Path other = folder.resolve("other");
    Files.writeString(
        other.resolve("application.properties"),
        "reload=often\nmanagement.port=99999\n",
        StandardOpenOption.APPEND);

    try (CommandLineRun program = new CommandLineRun()) {
      program.with("acme.domo-client-id", "client").with("acme.domo-client-secret", "secret");
      assertThatCode(() -> CheckedRoutes.read(other).requireRight("sales"))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aDatabaseThatIsNotKnownIsToldByWhateverOpensIt() throws IOException {
    set("ledger.url=jdbc:mysql://host/x?password=sesame");

    assertThatThrownBy(() -> new Jobs(folder).history(null, 1))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("ledger.url - no database that is known here - 'jdbc:mysql:...");
  }

  @ParameterizedTest
  @CsvSource({"postgresql://db/l?password=sesame, postgresql:...", "sesame, ..."})
  void anAddressThatIsNoneShowsNoPassword(String url, String shown) throws IOException {
    set("ledger.url=" + url);

    assertThat(validate(2)).contains("'" + shown + "'").doesNotContain("sesame");
  }

  @Test
  void aSlipInANameThatNothingReadsIsNoted() throws IOException {
    set("management.prot=0", "ledger.urll=jdbc:postgresql://host/ledger", "entirely.our.own=1");

    String told =
        ":"
            + lineOf("management.prot=0")
            + ":1: management.prot - nothing reads this setting - did you mean 'management.port'?";
    assertThat(validate(0).lines())
        .anyMatch(line -> line.startsWith("Note: ") && line.endsWith(told))
        .anyMatch(line -> line.contains("ledger.urll - nothing reads this setting"))
        .noneMatch(line -> line.contains("our.own"));
  }

  @Test
  void aSettingThatNamesNothingIsToldAndBytesOfAnotherCharsetAreNoMatter() throws IOException {
    Files.write(
        folder.resolve("application.properties"),
        "# caf\u00e9\nreload={{env:NOBODY_HAS_SET_THIS}}\n".getBytes(StandardCharsets.ISO_8859_1),
        StandardOpenOption.APPEND);

    assertThat(validate(2).lines())
        .anyMatch(
            line ->
                line.contains(": reload - cannot be resolved - ")
                    && line.contains("NOBODY_HAS_SET_THIS"));
  }

  @Test
  void theShippedSettingsAreAllRead() {
    try (CommandLineRun program = new CommandLineRun()) {
      program.execute("validate");
      assertThat(program.out()).doesNotContain("nothing reads");
    }
  }
}
