package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as it is typed; no Domo, no AWS and no credential is there. */
class TestCommandTest {

  private static final String CSV = "id,name\n1,\"Miller, Sons\"\n2,Zoë\n";

  @TempDir Path directory;
  private final CommandLineRun program = new CommandLineRun();
  private JobFolder folder;

  @BeforeEach
  void make() throws IOException {
    folder = JobFolder.in(directory).write("sales.test.csv", CSV);
  }

  private void job(Map<String, Object> more) {
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.put("inputDataset", "The sales of all");
    parameters.putIfAbsent("fileName", "sales_<current_date>");
    folder.job("sales", parameters);
  }

  private int test(String... arguments) {
    return program.execute(new TestCommand(folder.path()), arguments);
  }

  @Test
  void theShippedJobsAreAsExpected() {
    assertThat(program.execute("test")).as(program.out()).isZero();

    assertThat(program.out().lines())
        .containsExactly(
            "airports-nightly is as expected: 3 rows, 134 bytes",
            "orders-by-hand is as expected: 5 rows, 418 bytes");
  }

  @Test
  void updateWritesWhatIsCompared() {
    job(Map.of("delimiter", "pipe"));
    assertThat(test("sales")).isEqualTo(1);
    assertThat(program.out()).contains("nothing to be compared with").contains("--update");

    assertThat(test("sales", "--update")).as(program.err()).isZero();

    assertThat(folder.read("sales.expected.csv")).isEqualTo("id|name\n1|\"Miller, Sons\"\n2|Zoë\n");
    assertThat(test("sales")).isZero();
    assertThat(program.out().strip()).isEqualTo("sales is as expected: 2 rows, 32 bytes");
  }

  @Test
  void theFirstDifferenceIsShown() {
    job(Map.of("delimiter", "pipe"));
    folder.write("sales.expected.csv", "id|name\n1|\"Miller, Sons\"\n2|Zoe\n");

    assertThat(test()).isEqualTo(1);

    assertThat(program.out().lines())
        .containsExactly(
            "sales is not as "
                + directory.resolve("routes/sales.expected.csv")
                + " has it: line 3, byte 5 of it",
            "  expected 2|Zoe\\n",
            "  is       2|Zo\\xC3\\xAB\\n");
  }

  /** What is compared can be read, whatever the compressor of this machine writes. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zip", "zstd", "bzip2"})
  void aCompressionIsDoneAndUndone(String compression) {
    job(Map.of("compression", compression));
    folder.write("sales.expected.csv", CSV);

    assertThat(test("sales")).as(program.out() + program.err()).isZero();
  }

  @Test
  void anEncryptionIsLeftOutAndAnIncrementIsWhole() {
    job(
        Map.of(
            "encryptionMethod", "sse-kms",
            "onlyNewData", true,
            "fileName", "sales_<current_date:yyyyMMdd_HHmmss>",
            "selectFilename", "enter"));
    folder.write("sales.expected.csv", CSV);

    assertThat(test("sales")).as(program.out() + program.err()).isZero();
  }

  @Test
  void typesOfColumnsAreToldByTheMetadata() {
    job(Map.of("format", "jsonl"));
    folder.write("sales.expected.jsonl", "");
    test("--update");
    assertThat(folder.read("sales.expected.jsonl")).startsWith("{\"id\":\"1\",");

    folder.write(
        "sales.test.json",
        """
        {"name": "Sales", "schema": {"columns": [
          {"name": "id", "type": "LONG"}, {"name": "name", "type": "STRING"}]}}
        """);
    test("--update");
    assertThat(folder.read("sales.expected.jsonl"))
        .isEqualTo("{\"id\":1,\"name\":\"Miller, Sons\"}\n{\"id\":2,\"name\":\"Zoë\"}\n");
  }

  /** Whoever tests a job need not know its secrets, however the accounts file refers to them. */
  @Test
  void aCredentialThatNobodyHasSetIsNotMissed() throws IOException {
    job(Map.of());
    folder.write("sales.expected.csv", CSV);
    String accounts = folder.read("accounts.camel.yaml");
    folder.write(
        "accounts.camel.yaml",
        accounts
            .replace("{{acme.domo-client-secret}}", "{{env:NOBODY_HAS_SET_THIS_SECRET}}")
            .replace("{{landing.external-id}}", "{{file:/nowhere/external-id}}")
            .replace("{{landing.role-arn}}", "{{env:NOBODY_HAS_SET_THIS_ROLE}}"));

    assertThat(test("sales")).as(program.out() + program.err()).isZero();
  }

  @Test
  void aRowThatCannotBeWrittenFails() {
    job(Map.of("quote", "none"));

    assertThat(test("sales")).isEqualTo(1);

    assertThat(program.out()).startsWith("sales failed: ");
  }

  @Test
  void aMistakeInTheJobIsToldAsEverywhere() {
    folder.job("sales", Map.of("inputDataset", "x", "fileName", "x", "delimeter", "pipe"));

    assertThat(test("sales")).isEqualTo(2);

    assertThat(program.err()).contains("did you mean 'delimiter'?");
  }

  @Test
  void withoutFilesThatIsSaid() throws IOException {
    job(Map.of());
    Files.delete(directory.resolve("routes/sales.test.csv"));

    assertThat(test()).isZero();
    assertThat(program.out()).startsWith("No job has a file such as routes/JOB.test.csv");
    assertThat(test("sales")).isEqualTo(2);
    assertThat(program.err()).contains("sales.test.csv' - a small CSV");
  }

  /** They are no route files. */
  @Test
  void theFilesAreNoMistakeOfTheRoutes() {
    job(Map.of());
    folder.write("sales.expected.csv", CSV).write("sales.test.json", "{}");

    assertThat(program.execute(new ValidateCommand(folder.path()))).as(program.out()).isEqualTo(2);

    assertThat(program.out()).doesNotContain("sales.test", "sales.expected");
  }
}
