package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.run.Outcome;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command as it is typed, on the shipped jobs and on others. */
class PlanCommandTest {

  private static final String JOB = "orders-by-hand";

  @TempDir Path directory;
  private Sandbox sandbox;
  private CommandLineRun program;
  private int exitCode;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    program = new CommandLineRun(sandbox);
  }

  @AfterEach
  void close() {
    program.close();
    sandbox.close();
  }

  private JsonNode plan(Path folder, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    exitCode = program.execute(new PlanCommand(folder), all.toArray(String[]::new));
    return new ObjectMapper().readTree(program.out());
  }

  private JsonNode plan(String... arguments) throws Exception {
    return plan(CamelMain.HERE, arguments);
  }

  @Test
  void tellsWhatARunWouldDoAndDoesNothing() throws Exception {
    JsonNode plan = plan(JOB, "--at", "2026-03-29T02:30");

    assertThat(exitCode).as(program.err()).isZero();
    assertThat(plan.path("outcome").asText()).isEqualTo("done");
    assertThat(plan.path("slot").asText()).isEqualTo("2026-03-29T08:30:00Z");
    assertThat(plan.path("dataSet").asText()).isEqualTo(SandboxDomo.ORDERS);
    assertThat(plan.path("key").asText()).isEqualTo("sales/orders/orders_2026-03-28.csv");
    assertThat(plan.path("rows").asInt()).isEqualTo(12);
    assertThat(plan.path("columns").asInt()).isEqualTo(7);
    assertThat(plan.path("existing").path("state").asText()).isEqualTo("absent");
    assertThat(plan.has("stoppedBy")).isFalse();
    assertThat(sandbox.s3().calls()).allMatch(call -> call.operation() == S3Operation.HEAD_OBJECT);
    assertThat(sandbox.domo().exportsUnderWay()).isZero();
    program.execute("history");
    assertThat(program.out()).startsWith("No runs.");
  }

  @Test
  void isWhatTheRunThenDoes() throws Exception {
    JsonNode plan = plan(JOB, "--at", "2026-03-29");
    assertThat(plan.path("bytesExact").asBoolean()).isTrue();

    assertThat(program.execute("run", JOB, "--at", "2026-03-29")).isZero();

    StoredObject written = sandbox.s3().objects().get(0);
    assertThat(plan.path("key").asText()).isEqualTo(written.key());
    assertThat(plan.path("bytes").asInt()).isEqualTo(sandbox.s3().bytes(written.key()).length);

    JsonNode again = plan(JOB, "--at", "2026-03-29");
    assertThat(again.path("existing").path("state").asText()).isEqualTo("there");
    assertThat(again.path("existing").path("bytes")).isEqualTo(plan.path("bytes"));
    assertThat(again.path("existing").path("modified").asText()).startsWith("20");
    program.execute("plan", JOB, "--at", "2026-03-29");
    assertThat(program.out())
        .containsPattern("would {7}replace\\R")
        .contains("ETag " + again.path("existing").path("eTag").asText());
  }

  @Test
  void aLargeDataSetIsEstimatedFromItsFirstRows() throws Exception {
    String large = sandbox.domo().generated("Large", 50_000);
    JobFolder folder =
        JobFolder.in(directory).job("large", Map.of("inputDataset", large, "fileName", "large"));

    JsonNode plan = plan(folder.path(), "large");

    assertThat(plan.path("rows").asInt()).isEqualTo(50_000);
    assertThat(plan.path("bytesExact").asBoolean()).isFalse();
    assertThat(sandbox.domo().exportsUnderWay()).isZero();
    assertThat(new Jobs(folder.path()).run("large", null, null, true).getOutcome())
        .isEqualTo(Outcome.DONE);
    long written = sandbox.s3().bytes("large.csv").length;
    assertThat(plan.path("bytes").asLong()).isBetween(written * 8 / 10, written * 12 / 10);
  }

  @Test
  void aPersonReadsATable() {
    assertThat(program.execute("plan", "airports-nightly")).as(program.err()).isZero();

    assertThat(program.out())
        .containsPattern("job {9}airports-nightly\\R")
        .containsPattern("DataSet {5}.* \\(" + SandboxDomo.AIRPORTS + "\\), updated 20")
        .containsPattern("object {6}s3://landing/reference/airports/airports_\\S+\\.csv\\.gz\\R")
        .containsPattern("replaces {4}nothing\\R")
        .containsPattern("written as {2}csv, gzip\\R")
        .containsPattern("bytes {7}about \\d+\\R");
  }

  /** What keeps another job from running is no matter of this one, as it is none of run. */
  @Test
  void aMistakeOfAnotherJobIsNotTold() throws Exception {
    JobFolder folder =
        JobFolder.in(directory)
            .job("good", Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "good"))
            .job("one", Map.of("inputDataset", SandboxDomo.ORDERS, "filName", "x"));
    String job = folder.read("good.camel.yaml").replace("good", "other");
    folder
        .write("other.camel.yaml", job.replace("account: acme", "account: \"{{nobody.knows}}\""))
        .write("third.camel.yaml", job.replace("other", "third").replace("acme", "acmee"));

    assertThat(program.execute(new PlanCommand(folder.path()), "good")).as(program.err()).isZero();
    assertThat(program.err()).isEmpty();
    assertThat(program.execute(new PlanCommand(folder.path()), "other")).isEqualTo(2);
    assertThat(program.err())
        .contains("other.camel.yaml:11:15: account - nothing defines this placeholder")
        .doesNotContain("acmee");
  }

  @Test
  void ofAllJobsALineEach() throws Exception {
    JobFolder folder =
        JobFolder.in(directory)
            .job("good", Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "good"))
            .job("mistaken", Map.of("inputDataset", SandboxDomo.ORDERS, "filName", "x"));

    exitCode = program.execute(new PlanCommand(folder.path()));

    assertThat(exitCode).isEqualTo(2);
    assertThat(program.out().lines())
        .anyMatch(line -> line.matches("good +write +s3://landing/good.csv +12 +936"))
        .anyMatch(line -> line.matches("mistaken +fail .*fileName - missing .*"));
  }

  /** With overwrite false the run would find out when all is sent. */
  @Test
  void anObjectThatMayNotBeReplacedStopsIt() throws Exception {
    JobFolder folder =
        JobFolder.in(directory)
            .job("once", Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "once"));
    sandbox.s3().put("once.csv", new byte[] {1});

    JsonNode plan = plan(folder.path(), "once");

    assertThat(exitCode).isEqualTo(5);
    assertThat(plan.path("stoppedBy").asText()).contains("exists already").contains("overwrite");
    assertThat(new Jobs(folder.path()).run("once", null, null, true).getOutcome().exitCode())
        .isEqualTo(5);
  }

  @Test
  void anObjectThatMayNotBeReadIsNotKnown() throws Exception {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.HEAD_OBJECT));

    JsonNode plan = plan(JOB);

    assertThat(exitCode).isZero();
    assertThat(plan.path("existing").path("state").asText()).isEqualTo("unknown");
    assertThat(plan.path("existing").path("refusal").asText()).isNotEmpty();
  }

  @Test
  void onlyNewDataTellsItsBatches() throws Exception {
    String batches = sandbox.domo().batches("Batches", 4, 3);
    JobFolder folder =
        JobFolder.in(directory)
            .job(
                "new",
                Map.of(
                    "inputDataset",
                    batches,
                    "fileName",
                    "new_<current_date:yyyyMMdd_HHmmss>",
                    "onlyNewData",
                    true));
    JsonNode first = plan(folder.path(), "new");
    assertThat(first.path("rows").asInt()).isEqualTo(7);
    assertThat(first.has("above")).isFalse();
    assertThat(first.path("upTo").asInt()).isEqualTo(2);
    new Jobs(folder.path()).run("new", null, null, true);

    JsonNode nothing = plan(folder.path(), "new");
    assertThat(exitCode).isZero();
    assertThat(nothing.path("outcome").asText()).isEqualTo("nothing new");
    assertThat(nothing.has("key")).isFalse();

    sandbox.domo().append(batches, 5);
    JsonNode more = plan(folder.path(), "new");
    assertThat(more.path("rows").asInt()).isEqualTo(5);
    assertThat(more.path("above").asInt()).isEqualTo(2);
    assertThat(more.path("upTo").asInt()).isEqualTo(3);

    JsonNode backfill = plan(folder.path(), "new", "--since", "1");
    assertThat(backfill.path("rows").asInt()).isEqualTo(8);
  }

  @Test
  void whatDomoRefusesStopsIt() throws Exception {
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404));

    JsonNode plan = plan(JOB);

    assertThat(exitCode).isEqualTo(4);
    assertThat(plan.path("stoppedBy").asText()).contains(SandboxDomo.ORDERS);
    assertThat(plan.path("key").asText()).startsWith("sales/orders/");
  }

  /** Nothing is known of the DataSet then, not even how many columns it has. */
  @ParameterizedTest
  @EnumSource(names = {"TOKEN", "METADATA"})
  void whatDomoRefusesBeforeTheRowsStopsItToo(DomoFault.Endpoint endpoint) throws Exception {
    sandbox.domo().inject(DomoFault.refuse(endpoint, 401));

    JsonNode plan = plan(JOB);

    assertThat(exitCode).isEqualTo(3);
    assertThat(plan.path("stoppedBy").asText()).contains("401");
  }

  @Test
  void aRoleThatCannotBeAssumedStopsIt() throws Exception {
    program.with("landing.external-id", "another-word");

    JsonNode plan = plan(JOB);

    assertThat(exitCode).isEqualTo(3);
    assertThat(plan.path("stoppedBy").asText())
        .contains("sts:ExternalId")
        .doesNotContain("another-word");
    assertThat(plan.path("rows").asInt()).isEqualTo(12);
  }

  @Test
  void aJobThatIsNotThereIsNamed() {
    assertThat(program.execute("plan", "orders-by-hnad")).isEqualTo(2);

    assertThat(program.err()).contains("did you mean '" + JOB + "'?");
  }
}
