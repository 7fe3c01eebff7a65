package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeback.job.Mistake;
import dev.writeback.job.RouteSnapshot;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aSingleRunTellsTheLedgersMistakesWithTheJobsOwn() throws IOException {
    set("ledger.url=jdbc:mysql://host/x", "reload=often");
    JobFolder other = JobFolder.in(folder.resolve("other"));
    other.job("sales", Map.of("inputDataset", "sales", "fileNam", "a"));
    Files.copy(
        folder.resolve("application.properties"),
        other.path().resolve("application.properties"),
        StandardCopyOption.REPLACE_EXISTING);

    try (CommandLineRun program = new CommandLineRun()) {
      program.with("acme.domo-client-id", "client").with("acme.domo-client-secret", "secret");
      assertThatThrownBy(() -> new Jobs(other.path()).run("sales", null, null, true))
          .hasMessageContaining(":1: ledger.url - no database that is known here")
          .hasMessageContaining("did you mean 'fileName'?")
          .hasMessageNotContaining("reload");
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

  /** Camel's own message showed the whole address. */
  @Test
  void theLedgersSettingsThatNameNothingAreToldWithTheirLinesAndNothingElseOfThem()
      throws IOException {
    String url = "ledger.url=jdbc:postgresql://h/l?password=sesame&user={{env:NOBODY}}";
    String password = "ledger.password=sesame{{env:NOBODY_EITHER}}";
    set(url, password, "reload=often");

    int urlLine = lineOf(url);
    int passwordLine = lineOf(password);
    String told = validate(2);

    assertThat(told.lines())
        .anyMatch(
            line ->
                line.endsWith(
                    ":"
                        + urlLine
                        + ":1: ledger.url - nothing defines what it names - '{{env:NOBODY}}' - set"
                        + " the environment variable NOBODY"))
        .anyMatch(
            line ->
                line.contains(":" + passwordLine + ":1: ledger.password - ")
                    && line.endsWith("set the environment variable NOBODY_EITHER"))
        .anyMatch(line -> line.contains(": reload - no time"));
    assertThat(told).doesNotContain("sesame");
    assertThatThrownBy(() -> new Jobs(folder).history(null, 1))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("ledger.url - nothing defines what it names - '{{env:NOBODY}}'")
        .hasMessageNotContaining("sesame");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:fil:./ledger, a path that does not say where it begins - 'jdbc:h2:fil:./ledger'",
    "jdbc:postgresql://h:x/l?password=sesame, no address that its driver can read -"
        + " 'jdbc:postgresql:...'",
    "jdbc:h2:file:ledger;PASSWORD=sesame, a path that does not say where it begins -"
        + " 'jdbc:h2:file:ledger' - jdbc:h2:file:./ledger is in the folder of the program",
    "jdbc:h2:ledger?user=sa&password=sesame, a path that does not say where it begins -"
        + " 'jdbc:h2:...'",
    "jdbc:h2:~ledger, a path that does not say where it begins - 'jdbc:h2:~ledger'"
  })
  void anAddressThatNoDriverTakesIsTold(String url, String told) throws IOException {
    set("ledger.url=" + url);

    assertThat(validate(2)).contains("ledger.url - " + told).doesNotContain("sesame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:./ledger",
        "jdbc:h2:file:../ledger;MODE=PostgreSQL",
        "jdbc:h2:~/ledger",
        "jdbc:h2:file:/srv/ledger",
        "jdbc:h2:file:C:/ledger",
        "jdbc:h2:data/../ledger",
        "jdbc:h2:file:nioMapped:./ledger",
        "jdbc:h2:mem:ledger",
        "jdbc:h2:tcp://localhost/ledger",
        "jdbc:postgresql://h:5432/l"
      })
  void anAddressThatItsDriverTakesIsRight(String url) throws IOException {
    set("ledger.url=" + url);

    assertThat(validate(0)).doesNotContain("ledger.url");
  }

  /** H2 keeps a file of errors, and there is one for each table that is not there yet. */
  @Test
  void aNewLedgerLeavesNoFileOfErrors() throws IOException {
    Path place = folder.resolve("new");
    set("ledger.url=jdbc:h2:file:" + place.resolve("ledger"));

    new Jobs(folder).history(null, 1);

    assertThat(place).isDirectoryNotContaining("glob:**.trace.db").isNotEmptyDirectory();
    set("ledger.url=jdbc:h2:file:" + place.resolve("traced") + ";TRACE_LEVEL_FILE=1");
    new Jobs(folder).history(null, 1);
    assertThat(place).as("what the address says").isDirectoryContaining("glob:**.trace.db");
  }

  /** Where the database is elsewhere than the one who validates, that is no mistake. */
  @Test
  void aPathThatCannotBeWrittenIsToldByWhoeverWouldOpenIt() throws IOException {
    Path file = Files.createFile(folder.resolve("a file"));
    set("ledger.url=jdbc:h2:file:" + file.resolve("ledger"));

    validate(0);
    assertThatThrownBy(() -> new Jobs(folder).history(null, 1))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "ledger.url - a path that does not lead through folders - 'jdbc:h2:file:"
                + file.resolve("ledger")
                + "' - a path that this program's user may write");
    try (CommandLineRun program = new CommandLineRun()) {
      program.with("acme.domo-client-id", "client").with("acme.domo-client-secret", "secret");
      assertThatThrownBy(() -> new Jobs(folder).scheduled())
          .hasMessageContaining("application.properties:")
          .hasMessageContaining(":1: ledger.url - a path that does not lead through folders");
    }
    Files.delete(file);
    assertThatCode(() -> new Jobs(folder).history(null, 1)).doesNotThrowAnyException();
  }

  /** It was told where the value is used alone. */
  @Test
  void aWrongValueIsToldWithTheSettingThatItStandsIn() throws IOException {
    set("landing.path-style=perhaps", "landing.region=us east");

    assertThat(validate(2).lines())
        .anyMatch(
            line ->
                line.contains("pathStyle - the value cannot be used")
                    && line.endsWith(" (the setting landing.path-style)"))
        .anyMatch(
            line -> line.contains("region - ") && line.endsWith(" (the setting landing.region)"));
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

  /** Camel takes another one for them, and Quartz and the mail fail later. */
  @ParameterizedTest
  @CsvSource({
    "camel.main.shutdownTimeout, ten",
    "camel.component.quartz.properties[org.quartz.threadPool.threadCount], fifty",
    "alerts.mail.port, smtp"
  })
  void aNumberThatIsNoneIsTold(String name, String value) throws IOException {
    set(name + "=" + value);

    String told = ":" + lineOf(name + "=" + value) + ":1: " + name;
    assertThat(validate(2)).contains(told + " - not a whole number - '" + value + "' - ");
  }

  @Test
  void aSlipInASettingOfCamelIsToldByItsWholeName() throws IOException {
    set("camel.main.shutdwnTimeout=5");

    assertThatThrownBy(() -> CheckedRoutes.read(folder))
        .hasMessageStartingWith("camel.main.shutdwnTimeout - unknown property")
        .hasMessageEndingWith("did you mean 'camel.main.shutdownTimeout'?");
  }

  @Test
  void theStartNotesASlipToo() throws IOException {
    set("management.prot=0");

    List<Mistake> noted = new ArrayList<>();
    try (CommandLineRun program = new CommandLineRun()) {
      program.with("acme.domo-client-id", "client").with("acme.domo-client-secret", "secret");
      CheckedRoutes.requireStart(folder, RouteSnapshot.of(folder.resolve("routes")), noted::add);
    }

    assertThat(noted)
        .singleElement()
        .asString()
        .endsWith("management.prot - nothing reads this setting - did you mean 'management.port'?");
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
                line.endsWith(
                    ": reload - nothing defines what it names - '{{env:NOBODY_HAS_SET_THIS}}' - set"
                        + " the environment variable NOBODY_HAS_SET_THIS"));
  }

  @Test
  void theShippedSettingsAreAllRead() {
    try (CommandLineRun program = new CommandLineRun()) {
      program.execute("validate");
      assertThat(program.out()).doesNotContain("nothing reads");
    }
  }
}
