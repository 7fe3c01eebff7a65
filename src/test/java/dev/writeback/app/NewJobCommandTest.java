package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The questions of a new job, answered from a pipe and by options. */
class NewJobCommandTest {

  private static final String DATASET = "845305d8-da3d-4107-a9d6-13ef3f86d4a4";

  @TempDir Path folder;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void good() throws IOException {
    BadEdits.good(folder);
  }

  private int execute(String answers, String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    NewJobCommand command =
        new NewJobCommand(
            folder, new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)));
    return Program.answering(new CommandLine(command))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static String lines(String... answers) {
    return String.join("\n", answers) + "\n";
  }

  private String written(String file) throws IOException {
    return Files.readString(folder.resolve("routes").resolve(file));
  }

  private void assertRight() {
    StringWriter told = new StringWriter();
    int exitCode =
        new CommandLine(new ValidateCommand(folder)).setOut(new PrintWriter(told)).execute();
    assertThat(exitCode).as(told.toString()).isZero();
  }

  @Test
  void writesAFileThatSaysWhatEachLineIsFor() throws IOException {
    String answers =
        lines(
            "", // the only account
            "landing",
            "finance/daily",
            "yes",
            DATASET,
            "",
            "sales_<current_date-1>",
            "",
            "",
            "pipe",
            "gzip",
            "",
            "06:00",
            "America/Denver",
            "",
            "26h",
            "",
            "Yesterday's sales: for finance");

    assertThat(execute(answers)).as(err.toString()).isZero();

    Path file = folder.resolve("routes/sales.camel.yaml");
    assertThat(out.toString()).isEqualToNormalizingNewlines(file + "\n");
    assertThat(err.toString())
        .containsSubsequence(
            "\nCredentials\n", "\nDetails\n", "\nScheduling\n", "\nName & Describe")
        .contains("the job runs next at ", "check sales", "run sales");
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            # yaml-language-server: $schema=editor.schema.json
            # Written by new-job, and yours from now on: edit it, then ask validate. All parameters stand in
            # docs/options.md.
            - route:
                # The name by which the job is run, and told of in status, history and alerts.
                id: sales
                description: "Yesterday's sales: for finance"
                # Who repeats a failed run, and tells of it: writeback.camel.yaml.
                routeConfigurationId: writeback
                from:
                  uri: quartz:writeback/sales
                  parameters:
                    # Seconds, minutes, hours, day of the month, month, day of the week: in this zone, whose
                    # days are also the dates in the object's name.
                    cron: "0 0 6 * * ?"
                    trigger.timeZone: America/Denver
                    # A long run is not overtaken by the next one.
                    stateful: true
                  steps:
                    - to:
                        uri: kamelet:domo-s3-writeback
                        parameters:
                          # Account: the Domo account that reads the DataSet, a bean of the accounts file.
                          account: acme
                          # Role: the AWS role that writes the object, a bean of the accounts file.
                          role: landing
                          # Select Folder Path: the folder of the object, with or without a slash at its end.
                          path: finance/daily
                          # Overwrite: whether an object of the same name is replaced.
                          overwrite: true
                          # Input DataSet ID: the DataSet to read, by its id, by its exact name or by the
                          # address of its page in Domo.
                          inputDataset: %s
                          # Filename: the file's name, needed with enter.
                          fileName: sales_<current_date-1>
                          # Delimiter: what stands between two fields, as one ASCII character or by its name
                          # (comma, tab, pipe, semicolon, colon, space, caret, tilde, hash, percent, ampersand,
                          # plus, soh, us).
                          delimiter: pipe
                          # Compression: how the object is compressed.
                          compression: gzip
                          # Fresh Within: an alert is raised when the job has had no complete object for longer
                          # than this.
                          freshWithin: 26h
            """
                .formatted(DATASET));
    assertRight();
  }

  @Test
  void asksAgainInTheWordsOfTheChecker() throws IOException {
    String answers =
        lines(
            "acmee",
            "",
            "landing",
            "/sales",
            "sales",
            "perhaps",
            "",
            "845305d8-da3d-4107-a9d6-13ef",
            DATASET,
            "datasetname",
            "datasetId",
            "",
            "",
            "||",
            "tab",
            "gzipp",
            "gzip",
            "sse-c",
            "",
            "auditors",
            "0 0 6 * *",
            "0 0 6 * * ?",
            "America/Dever",
            "UTC",
            "",
            "26",
            "26h",
            "sales daily",
            "sales-daily",
            "returns",
            "noon",
            "",
            "x");

    execute(answers);

    assertThat(err.toString().lines().filter(line -> line.matches("\\w+(\\.\\w+)? - .*")))
        .containsSubsequence(
            "account - no DomoAccount has this name - 'acmee' - did you mean 'acme'?",
            "overwrite - neither true nor false - 'perhaps' - true or false",
            "selectFilename - no such choice - 'datasetname' - did you mean 'datasetName'? (one of"
                + " enter, datasetId, datasetName)",
            "compression - no such choice - 'gzipp' - did you mean 'gzip'? (one of none, gzip, zip,"
                + " zstd, bzip2)",
            "trigger.timeZone - no such zone - 'America/Dever' - a name such as America/Denver or"
                + " UTC",
            "id - not possible as a file's name - 'sales daily' - letters, digits, '-' and '_'",
            "id - "
                + folder.resolve("routes/sales-daily.camel.yaml")
                + " is there already - 'sales-daily' - another name");
    assertRight();
    assertThat(written("noon.camel.yaml"))
        .contains("selectFilename: datasetId", "encryptionKey: auditors");
  }

  @Test
  void whatIsStatedIsNotAskedFor() throws IOException {
    assertThat(
            execute(
                lines("", "", "", "", "", "", "", "", "", ""),
                "--account=acme",
                "--role=landing",
                "--inputDataset=" + DATASET,
                "--fileName=by-hand",
                "--cron=manually",
                "--timeZone=",
                "--id=by-hand",
                "--description=When somebody asks",
                "--set=quote=single"))
        .as(err.toString())
        .isZero();

    assertThat(err.toString()).doesNotContain("Credentials", "Input DataSet ID");
    assertThat(written("by-hand.camel.yaml"))
        .contains("uri: direct:by-hand\n", "quote: single\n")
        .doesNotContain("compression:", "timeZone:");
    assertRight();
  }

  @Test
  void withoutInputAllMistakesAreToldAtOnce() throws IOException {
    List<String> before = files();

    assertThat(execute("", "--no-input", "--delimiter=||", "--set=qoute=single", "--cron=06:00"))
        .isEqualTo(2);

    assertThat(err.toString().lines())
        .anyMatch(line -> line.startsWith("inputDataset - missing"))
        .anyMatch(line -> line.startsWith("delimiter - not possible - '||'"))
        .anyMatch(line -> line.startsWith("id - missing"))
        .anyMatch(line -> line.startsWith("description - missing"))
        .anyMatch(line -> line.equals("qoute - unknown parameter - did you mean 'quote'?"));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void withoutInputAndWithoutAnyAnswerWhatIsNeededIsTold() {
    assertThat(execute("", "--no-input")).isEqualTo(2);

    assertThat(err.toString().lines())
        .anyMatch(line -> line.startsWith("id - missing"))
        .anyMatch(line -> line.startsWith("inputDataset - missing"))
        .noneMatch(line -> line.contains("YAML"));
  }

  @Test
  void withoutInputTheZoneIsThatOfTheMachine() throws IOException {
    assertThat(
            execute(
                "",
                "--no-input",
                "--inputDataset=" + DATASET,
                "--fileName=orders_<current_date>",
                "--id=orders",
                "--description=Orders",
                "--cron=06:00"))
        .as(err.toString())
        .isZero();

    assertThat(written("orders.camel.yaml"))
        .contains("trigger.timeZone: " + ZoneId.systemDefault().getId());
  }

  @Test
  void withoutInputAFileIsWritten() throws IOException {
    String[] arguments = {
      "--no-input",
      "--inputDataset=" + DATASET,
      "--fileName=orders",
      "--overwrite=true",
      "--id=orders",
      "--description=Orders"
    };
    assertThat(execute("", arguments)).as(err.toString()).isZero();
    assertRight();
    String first = written("orders.camel.yaml");

    assertThat(execute("", arguments)).isEqualTo(2);
    assertThat(err.toString()).contains("orders.camel.yaml is there already");
    assertThat(written("orders.camel.yaml")).isEqualTo(first);
  }

  @Test
  void answersThatEndEarlyLeaveNothing() throws IOException {
    List<String> before = files();

    assertThat(execute(lines("acme", "landing"))).isEqualTo(2);

    assertThat(err.toString())
        .contains("path - the answers end here, no file is written - answer it, or state --path");
    assertThat(files()).isEqualTo(before);
  }

  /** What a text becomes in the file is what the job reads. */
  @Test
  void whateverIsSaidIsQuotedAsItHasToBe() {
    for (String text :
        List.of("a: b", "# a", "no", "007", "- a", "{{x}}", "\"a\" \\", "ä", "'a'")) {
      assertThat(
              execute(
                  "",
                  "--no-input",
                  "--inputDataset=" + DATASET,
                  "--fileName=orders-" + Math.abs(text.hashCode()),
                  "--id=orders-" + Math.abs(text.hashCode()),
                  "--description=" + text))
          .as(text + err)
          .isEqualTo(text.equals("{{x}}") ? 2 : 0);
    }
    assertRight();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void searchesForDataSetsAndFolders() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        CommandLineRun settings = new CommandLineRun(sandbox)) {
      settings.with("acme.api-host", sandbox.domoUrl().toString());
      sandbox.s3().put("finance/sales/x.csv", new byte[] {1});
      String answers =
          lines("", "", "?", "? finance", "1", "", "? nothing like this", "? orders", "1");

      execute(answers, "--id=orders", "--description=Orders");

      assertThat(err.toString())
          .contains("   1  finance/\n", "   1  finance/sales/\n", "Nothing is found.")
          .contains(SandboxDomo.ORDERS);
      assertThat(err.toString()).contains("selectFilename - the answers end here");
    }
  }

  @Test
  void aNumberChoosesWhatIsListedAndNothingElse() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        CommandLineRun settings = new CommandLineRun(sandbox)) {
      settings.with("acme.api-host", sandbox.domoUrl().toString());
      String answers =
          lines("1", "2", "1", "", "", "7", "? orders", "2", "1", "4", "2", "", "", "", "2", "6");

      execute(answers, "--id=orders", "--description=Orders");

      assertThat(err.toString())
          .contains("  1 enter, 2 datasetId, 3 datasetName\n")
          .containsSubsequence(
              "  2 is not listed: 1 to 1.\n",
              "Input DataSet ID",
              "  7 is not listed: ? WORDS lists DataSets.\n",
              "  2 is not listed: 1 to 1.\n",
              "Select Filename",
              "  4 is not listed: 1 to 3.\n")
          .contains("Encryption Key")
          .doesNotContain("no such choice");
    }
  }

  @Test
  void whereNobodyAnswersASearchTheReasonIsTold() {
    execute(lines("", "", "", "", "? orders"));

    assertThat(err.toString())
        .contains("127.0.0.1:1", "inputDataset - the answers end here, no file is written");
  }
}
