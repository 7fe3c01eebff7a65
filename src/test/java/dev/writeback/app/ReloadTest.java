package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits of routes/ while the program runs. */
class ReloadTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");

  @TempDir Path folder;
  private Sandbox sandbox;
  private ReloadingProgram program;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    program = new ReloadingProgram(folder, sandbox);
    program.write("sales", ReloadingProgram.job("sales", named("sales"))).start();
  }

  @AfterEach
  void stop() {
    program.close();
    sandbox.close();
  }

  private static Map<String, Object> named(String fileName) {
    return named(fileName, Map.of());
  }

  private static Map<String, Object> named(String fileName, Map<String, ?> more) {
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.put("fileName", fileName);
    return parameters;
  }

  private List<String> keys() {
    return sandbox.s3().objects().stream().map(StoredObject::key).sorted().toList();
  }

  private List<String> jobs() {
    return JobStates.jobs(program.camel()).stream().map(RouteDefinition::getRouteId).toList();
  }

  private Outcome outcome(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return RunContext.of(exchange).getOutcome();
  }

  private JobHealthResult health(String check) {
    return JobHealthResult.of(program.camel(), check);
  }

  @Test
  void anEditIsTaken() throws Exception {
    program.edit("sales", "fileName: 'sales'", "fileName: 'turnover'");
    program.awaitLine("job sales is changed: ");

    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);

    assertThat(keys()).containsExactly("turnover.csv");
    assertThat(program.camel().getRoutes()).filteredOn(r -> r.getRouteId().contains("kamelet") || r.getRouteId().startsWith("domo-s3")).hasSize(1);
  }

  @Test
  void aNewFileIsANewJobAndADeletedOneNoneAnyLonger() throws Exception {
    program.write("returns", ReloadingProgram.job("returns", "0 0 6 * * ?", named("returns")));
    program.awaitLine("job returns is new: ");
    assertThat(jobs()).containsExactly("returns", "sales");

    Files.delete(program.file("returns"));
    program.awaitLine("job returns is gone");

    assertThat(jobs()).containsExactly("sales");
    program.commands.execute("status");
    assertThat(program.commands.out()).contains("sales").doesNotContain("returns");
    assertThat(program.commands.execute("run", "returns")).isEqualTo(2);
  }

  @Test
  void aMistakeIsToldOnceAndTheLastGoodJobGoesOn() throws Exception {
    program.edit("sales", "fileName: 'sales'", "fileNam: 'turnover'");
    String line = program.awaitLine("fileNam - ");
    assertThat(line)
        .isEqualTo(
            program.file("sales")
                + ":11:15: fileNam - unknown parameter - did you mean 'fileName'?");
    program.awaitLine("not taken: " + program.file("sales") + "; what ran before goes on");
    assertThat(health("job:sales").message())
        .startsWith("its file on disk is not what runs: ")
        .contains("fileNam - unknown parameter");
    assertThat(health("job:sales").isUp()).isFalse();
    assertThat(health("routes").message()).contains("fileNam - unknown parameter");
    program.commands.execute("status", "--json");
    assertThat(program.commands.out()).contains("\"job\":\"sales\"").contains("\"file\":\"wrong\"");

    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);
    assertThat(keys()).containsExactly("sales.csv");

    // Another file is taken all the same, and the mistake is not told anew as long as it stays.
    program.write("returns", ReloadingProgram.job("returns", named("returns")));
    program.awaitLine("job returns is new: ");

    program.edit("sales", "fileNam: 'turnover'", "fileName: 'turnover'");
    program.awaitLine("routes is right again");
    program.awaitLine("job sales is changed: ");
    assertThat(health("job:sales").isUp()).isTrue();
    assertThat(health("routes").isUp()).isTrue();
    assertThat(outcome(program.run("sales", SLOT.plusSeconds(1)))).isEqualTo(Outcome.DONE);
    assertThat(keys()).containsExactly("sales.csv", "turnover.csv");
  }

  @Test
  void aRunUnderWayEndsAsItHasBegun() throws Exception {
    program.holdExports();
    CompletableFuture<Exchange> run = program.begin("sales", SLOT);
    program.awaitExport();
    program.edit("sales", "fileName: 'sales'", "fileName: 'turnover'");
    program.awaitLine("job sales is changed when its run has ended");
    program.commands.execute("status", "--json");
    assertThat(program.commands.out()).contains("\"file\":\"waits\"");

    program.letExportsGo();

    assertThat(outcome(run.join())).isEqualTo(Outcome.DONE);
    program.awaitLine("job sales is changed: ");
    assertThat(keys()).containsExactly("sales.csv");
    assertThat(outcome(program.run("sales", SLOT.plusSeconds(1)))).isEqualTo(Outcome.DONE);
    assertThat(keys()).containsExactly("sales.csv", "turnover.csv");
  }

  @Test
  void anAccountIsTakenByTheJobsThatUseIt() throws Exception {
    program.edit("accounts", "{{landing.bucket}}", "another-bucket");
    program.awaitLine("job sales is changed: ");
    assertThat(outcome(program.run("sales", SLOT))).isNotEqualTo(Outcome.DONE);

    program.edit("accounts", "another-bucket", "{{landing.bucket}}");
    program.awaitLine("job sales is changed: ");
    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);
  }

  @Test
  void aRenamedFileIsTheSameJob() throws Exception {
    Files.move(program.file("sales"), program.file("turnover"));
    program.write("returns", ReloadingProgram.job("returns", named("returns")));
    program.awaitLine("job returns is new: ");

    assertThat(program.lines).noneMatch(line -> line.contains("job sales"));
    assertThat(jobs()).containsExactly("returns", "sales");
    program.edit("turnover", "fileName: 'sales'", "fileNam: 'sales'");
    program.awaitLine("not taken: ");
    assertThat(health("job:sales").isUp()).isFalse();
  }

  @Test
  void aFileIsSavedByRename() throws Exception {
    Path saved = folder.resolve("saved");
    Files.writeString(saved, ReloadingProgram.job("sales", named("turnover")));
    Files.move(saved, program.file("sales"), StandardCopyOption.REPLACE_EXISTING);
    program.awaitLine("job sales is changed: ");
    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);
    assertThat(keys()).containsExactly("turnover.csv");
  }

  @Test
  void aCommentIsNoReasonToChangeAJob() throws Exception {
    program.edit("sales", "- route:", "# The sales.\n- route:");
    program.write("returns", ReloadingProgram.job("returns", named("returns")));
    program.awaitLine("job returns is new: ");
    assertThat(program.lines).noneMatch(line -> line.contains("job sales"));
  }
}
