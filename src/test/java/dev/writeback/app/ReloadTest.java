package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.writeback.job.JobClock;
import dev.writeback.job.Obstacle;
import dev.writeback.job.ReloadState;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
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

  /** As status tells it. */
  private Optional<String> reason(String job) {
    return ReloadState.of(program.camel()).of(job);
  }

  @Test
  void anEditIsTaken() throws Exception {
    program.edit("sales", "fileName: 'sales'", "fileName: 'turnover'");
    program.awaitLine("job sales is changed: ");

    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);

    assertThat(keys()).containsExactly("turnover.csv");
    assertThat(program.camel().getRoutes())
        .as("the chain of the job before is gone")
        .filteredOn(route -> route.getRouteId().startsWith("domo-s3-writeback"))
        .hasSize(1);
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
                + ":13:15: fileNam - unknown parameter - did you mean 'fileName'?");
    program.awaitLine("not taken: " + program.file("sales") + "; what ran before goes on");
    assertThat(health("job:sales").message())
        .isEqualTo("its file on disk is not what runs: status tells why");
    assertThat(health("job:sales").isUp()).isFalse();
    assertThat(health("routes").message()).contains("validate and status tell why");
    program.commands.execute("status", "--json");
    assertThat(program.commands.out())
        .contains("\"job\":\"sales\"")
        .contains("\"file\":\"wrong\",\"why\":\"its file on disk is not what runs: ")
        .contains("fileNam - unknown parameter");
    program.commands.execute("status");
    assertThat(program.commands.out().lines().toList())
        .last()
        .asString()
        .startsWith("sales: its file on disk is not what runs: ")
        .contains("fileNam - unknown parameter");

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
  void aRunByHandTakesAnEditFirstAndSaysWhereItCannot(@TempDir Path other) throws Exception {
    program.close();
    program = new ReloadingProgram(other, sandbox);
    program.commands.with(Reloading.SETTING, "1h");
    program.write("returns", ReloadingProgram.job("returns", named("returns"))).start();
    program.edit("returns", "fileName: 'returns'", "fileName: 'sent-back'");

    assertThat(program.commands.execute("run", "returns")).as(program.commands.err()).isZero();
    assertThat(program.commands.out()).contains("sent-back.csv").doesNotContain("Note:");

    program.edit("returns", "fileName: 'sent-back'", "fileNam: 'lost'");
    program.commands.execute("run", "returns");
    assertThat(program.commands.out())
        .startsWith("Note: the job runs as it was, its file on disk is not what runs: ")
        .contains("did you mean 'fileName'?");
  }

  /** Until the exports are let go. */
  private CompletableFuture<Exchange> heldRun() throws Exception {
    program.holdExports();
    CompletableFuture<Exchange> run = program.begin("sales", SLOT);
    program.awaitExport();
    return run;
  }

  private CompletableFuture<Exchange> editDuringRun() throws Exception {
    CompletableFuture<Exchange> run = heldRun();
    program.edit("sales", "fileName: 'sales'", "fileName: 'turnover'");
    program.awaitLine("job sales is changed when its run has ended");
    return run;
  }

  @Test
  void aRunUnderWayEndsAsItHasBegun() throws Exception {
    CompletableFuture<Exchange> run = editDuringRun();
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
  void aRunByHandOfAJobWhoseEditWaitsSaysSo() throws Exception {
    CompletableFuture<Exchange> run = editDuringRun();

    program.commands.execute("run", "sales");

    assertThat(program.commands.out())
        .startsWith("Note: the job runs as it was, its edit is taken when its run has ended");
    program.letExportsGo();
    run.join();
  }

  @Test
  void statusTellsWhatKeepsANewJobOut() throws Exception {
    program.write("returns", ReloadingProgram.job("returns", Map.of("fileNam", "x")));
    program.awaitLine("not taken: ");

    await()
        .atMost(ReloadingProgram.LONGEST)
        .untilAsserted(
            () -> {
              program.commands.execute("status");
              assertThat(program.commands.out().lines())
                  .anyMatch(
                      line ->
                          line.startsWith("routes: ")
                              && line.contains("returns.camel.yaml:")
                              && line.contains("did you mean 'fileName'?"));
            });
  }

  @Test
  void aStopSaysWhatItWaitsFor() throws Exception {
    CompletableFuture<Exchange> run = heldRun();

    CompletableFuture<Void> stop = CompletableFuture.runAsync(program.camel()::stop);

    assertThat(program.awaitLine("stopping: "))
        .isEqualTo("stopping: what runs may end within 10 s, then it is broken off: sales");
    program.letExportsGo();
    stop.join();
    run.join();
  }

  /** He had the lock that told of the change, and waited for the change. */
  @Test
  void whoAsksForTheHealthWhileAJobIsChangedHoldsNothingUp() throws Exception {
    CompletableFuture<Boolean> isUp = new CompletableFuture<>();
    program
        .camel()
        .addLifecycleStrategy(
            new LifecycleStrategySupport() {
              @Override
              public void onRoutesRemove(Collection<Route> routes) {
                if (isUp.isDone()) {
                  // The end of the test.
                  return;
                }
                Thread asking = new Thread(() -> isUp.complete(health("job:sales").isUp()));
                asking.start();
                await().until(() -> asking.getState() == Thread.State.WAITING);
              }
            });

    program.edit("sales", "fileName: 'sales'", "fileName: 'turnover'");

    program.awaitLine("job sales is changed: ");
    assertThat(isUp.get(1, TimeUnit.MINUTES)).isTrue();
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

  /** Whoever has just written it need not wait until somebody looks. */
  @Test
  void aJobThatWasWrittenAMomentAgoIsRun() throws Exception {
    program.close();
    program = new ReloadingProgram(Files.createDirectory(folder.resolve("slow")), sandbox);
    program.commands.with(Reloading.SETTING, "1h");
    program.write("sales", ReloadingProgram.job("sales", named("sales"))).start();
    RunsByHand runs = new RunsByHand(program.camel());
    program.write("returns", ReloadingProgram.job("returns", named("returns")));

    FollowedRun run = runs.begin("returns", null, null, true);

    await().atMost(ReloadingProgram.LONGEST).until(run::isOver);
    assertThat(keys()).containsExactly("returns.csv");
    program.write("wrong", ReloadingProgram.job("wrong", Map.of("fileNam", "x")));
    assertThatThrownBy(() -> runs.begin("wrong", null, null, true))
        .hasMessageStartingWith("job wrong: its file on disk is not what runs: ")
        .hasMessageContaining("fileNam - unknown parameter");
    assertThatThrownBy(() -> runs.begin("saled", null, null, true))
        .hasMessageContaining("did you mean 'sales'?");
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

  @Test
  void aRepetitionThatIsToComeIsOneOfTheOldJob() throws Exception {
    program.edit(
        "sales", "account:", "retries: 1\n              retryDelay: 10s\n              account:");
    program.awaitLine("job sales is changed: ");
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 503).times(1));
    CompletableFuture<Exchange> run = program.begin("sales", SLOT);
    program.awaitLine("sales failed: ");
    program.edit("sales", "fileName: 'sales'", "fileName: 'turnover'");
    program.awaitLine("job sales is changed when its run has ended");

    assertThat(outcome(run.join())).isEqualTo(Outcome.DONE);

    assertThat(keys()).containsExactly("sales.csv");
    program.awaitLine("job sales is changed: ");
  }

  @Test
  void anEditThatIsTakenBackLeavesTheJobAsItIs() throws Exception {
    CompletableFuture<Exchange> run = editDuringRun();
    program.edit("sales", "fileName: 'turnover'", "fileName: 'sales'");
    await()
        .atMost(ReloadingProgram.LONGEST)
        .until(() -> ReloadState.of(program.camel()).waiting().isEmpty());

    program.letExportsGo();

    assertThat(outcome(run.join())).isEqualTo(Outcome.DONE);
    assertThat(program.lines).noneMatch(line -> line.contains("job sales is changed: "));
  }

  @Test
  void aDeletedJobEndsItsRunAndIsGone() throws Exception {
    program.edit("sales", "account:", "freshWithin: 1ms\n              account:");
    program.awaitLine("job sales is changed: ");
    LedgerComponent ledger = program.camel().getComponent("ledger", LedgerComponent.class);
    assertThat(ledger.staleFor("sales")).isPresent();
    CompletableFuture<Exchange> run = heldRun();
    Files.delete(program.file("sales"));
    program.awaitLine("job sales is changed when its run has ended");
    assertThat(jobs()).containsExactly("sales");

    program.letExportsGo();

    assertThat(outcome(run.join())).isEqualTo(Outcome.DONE);
    program.awaitLine("job sales is gone");
    assertThat(jobs()).isEmpty();
    assertThat(ledger.staleFor("sales")).isEmpty();
    assertThat(ledger.getLedger().history("sales", 10)).hasSize(1);
  }

  /** Each edit began the watch anew. */
  @Test
  void aStaleJobIsToldOnceHoweverOftenItIsEdited() throws Exception {
    program.edit("sales", "account:", "freshWithin: 1ms\n              account:");
    program.awaitLine("job sales is changed: ");
    stale();
    program.edit("sales", "account:", "delimiter: pipe\n              account:");
    program.awaitLine("job sales is changed: ");

    assertThat(stale()).isEmpty();
    assertThat(program.camel().getComponent("ledger", LedgerComponent.class).staleFor("sales"))
        .isPresent();
  }

  private List<?> stale() {
    return program.camel().createProducerTemplate().requestBody("ledger:stale", null, List.class);
  }

  /** It passed while the run before was under way. */
  @Test
  void aSlotThatFellIntoTheChangeRunsOnceAndNoneTwice() throws Exception {
    program.holdExports();
    program.write(
        "ticks",
        ReloadingProgram.job(
            "ticks", "0/5 * * * * ?", named("ticks_<current_date:yyyyMMdd_HHmmss>")));
    program.awaitLine("job ticks is new: ");
    program.awaitExport();
    Instant held = Instant.now();
    program.edit("ticks", "account:", "delimiter: pipe\n              account:");
    program.awaitLine("job ticks is changed when its run has ended");
    await()
        .atMost(ReloadingProgram.LONGEST)
        .until(() -> Instant.now().isAfter(held.plusSeconds(6)));

    program.letExportsGo();

    program.awaitLine("job ticks is changed: ");
    program.awaitLine("job ticks missed its slot ");
    LedgerComponent ledger = program.camel().getComponent("ledger", LedgerComponent.class);
    await()
        .atMost(ReloadingProgram.LONGEST)
        .until(() -> ledger.getLedger().history("ticks", 10).size() >= 4);
    assertThat(ledger.getLedger().history("ticks", 10))
        .extracting(RunRecord::slot)
        .doesNotHaveDuplicates();
    assertThat(ledger.getLedger().history("ticks", 10))
        .filteredOn(run -> run.ended() != null)
        .extracting(RunRecord::outcome)
        .containsOnly(Outcome.DONE);
  }

  @Test
  void aScheduleIsChangedAndItsJobStays() throws Exception {
    program.write(
        "sales",
        ReloadingProgram.job("sales", named("sales"))
            + ReloadingProgram.schedule("mornings", "0 0 6 * * ?", "sales"));
    program.awaitLine("route mornings is new: ");
    assertThat(next("sales")).hasValueSatisfying(next -> assertThat(hour(next)).isEqualTo(6));

    program.edit("sales", "0 0 6", "0 0 7");
    program.awaitLine("route mornings is changed: ");

    assertThat(next("sales")).hasValueSatisfying(next -> assertThat(hour(next)).isEqualTo(7));
    assertThat(program.lines).noneMatch(line -> line.contains("job sales"));
  }

  private Optional<Instant> next(String job) {
    return new JobClock(
            program.camel(),
            JobStates.jobs(program.camel()).stream()
                .filter(route -> route.getRouteId().equals(job))
                .findFirst()
                .orElseThrow())
        .next();
  }

  private static int hour(Instant time) {
    return time.atZone(ZoneOffset.UTC).getHour();
  }

  /** As an editor that has not written all yet leaves it. */
  @Test
  void aFileThatIsEmptyIsNotTaken() throws Exception {
    Files.writeString(program.file("sales"), "");
    assertThat(program.awaitLine("nothing stands in it"))
        .isEqualTo(
            program.file("sales") + ": nothing stands in it - write a route, or delete the file");
    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);
  }

  @Test
  void whatCannotBeStartedIsPutBack() throws Exception {
    program.write("returns", ReloadingProgram.job("returns", "0 0 6 * * ?", named("returns")));
    program.awaitLine("job returns is new: ");
    program.edit("returns", "0 0 6 * * ?", "0 0 6 * * ? 2020");

    program.awaitLine("job returns cannot be started as its file says, and goes on as before: ");

    await()
        .atMost(ReloadingProgram.LONGEST)
        .untilAsserted(
            () ->
                assertThat(reason("returns"))
                    .hasValueSatisfying(
                        reason ->
                            assertThat(reason)
                                .startsWith("its file on disk is not what runs: ")
                                .contains("never fire")));
    assertThat(health("job:returns").isUp()).isFalse();
    assertThat(next("returns")).hasValueSatisfying(next -> assertThat(hour(next)).isEqualTo(6));
    program.edit("returns", "0 0 6 * * ? 2020", "0 0 7 * * ?");
    program.awaitLine("job returns is changed: ");
    assertThat(health("job:returns").isUp()).isTrue();
    assertThat(next("returns")).hasValueSatisfying(next -> assertThat(hour(next)).isEqualTo(7));
  }

  @Test
  void aJobThatCannotBePutBackIsOutUntilItCan() throws Exception {
    Obstacle obstacle = new Obstacle();
    program.camel().addLifecycleStrategy(obstacle);
    obstacle.failStart("sales", Integer.MAX_VALUE, () -> new LinkageError("torn"));
    program.edit("sales", "fileName: 'sales'", "fileName: 'turnover'");
    await()
        .atMost(ReloadingProgram.LONGEST)
        .until(() -> ReloadState.of(program.camel()).out().contains("sales"));

    assertThat(health("job:sales").isUp()).isFalse();
    assertThat(health("job:sales").message())
        .isEqualTo("it does not run since an edit that failed: status tells why");
    // Beside it the job is tried again all the time.
    for (int look = 0; look < 20; look++) {
      int exitCode = program.commands.execute("status", "--json");
      assertThat(exitCode).as(program.commands.err()).isZero();
    }
    assertThat(program.commands.out())
        .contains("{\"job\":\"sales\",\"state\":\"out\",\"file\":\"wrong\"")
        .contains("does not run, since it could not be put back after an edit; it is tried again")
        .contains("java.lang.LinkageError: torn");

    obstacle.clear();

    program.awaitLine("job sales is put back as it was");
    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);
    assertThat(keys()).containsExactly("sales.csv");
  }

  @Test
  void retriesAlertsAndTheKameletAreTakenToo() throws Exception {
    program.edit("writeback", "{{writeback.retries}}", "1");
    program.awaitLine("job sales is changed: ");
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 503).times(2));
    assertThat(RunContext.of(program.run("sales", SLOT)).getAttempt()).isEqualTo(2);
    sandbox.domo().heal();

    assertThat(program.lines)
        .as("routes that have nothing to do with it")
        .noneMatch(line -> line.contains("route "));
    program.edit("alerts", "gave up: run", "came to nothing: run");
    program.awaitLine("route writeback-alert is changed: ");
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404));
    program.run("sales", SLOT.plusSeconds(1));
    program.awaitLine("sales came to nothing: run ");
    sandbox.domo().heal();

    program.edit(
        program.routes.resolve("kamelets/domo-s3-writeback.kamelet.yaml"),
        "${exchangeProperty.writebackRun.key}",
        "edited/${exchangeProperty.writebackRun.key}");
    program.awaitLine("job sales is changed: ");
    program.run("sales", SLOT.plusSeconds(2));
    assertThat(keys()).contains("edited/sales.csv");
  }

  @Test
  void ofTwoEditsTheRightOneIsTaken() throws Exception {
    program.write("returns", ReloadingProgram.job("returns", named("returns")));
    program.awaitLine("job returns is new: ");
    program.edit("accounts", "roleArn:", "roleAm:");
    program.edit("returns", "fileName: 'returns'", "fileName: 'back'");

    program.awaitLine("not taken: " + program.file("accounts") + ";");
    program.awaitLine("job returns is changed: ");
    assertThat(reason("sales")).hasValueSatisfying(reason -> assertThat(reason).contains("roleAm"));
    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);
  }

  /** As a volume that is not mounted for a while. */
  @Test
  void aFolderThatCannotBeListedDeletesNoJob() throws Exception {
    Path away = folder.resolve("away");
    Files.move(program.routes, away);
    program.awaitLine(
        program.routes + ": cannot be listed: NoSuchFileException - a folder that this program's");
    assertThat(program.awaitLine("not taken: ")).contains(program.file("sales").toString());
    Files.writeString(program.routes, "no folder");
    assertThat(jobs()).containsExactly("sales");
    assertThat(reason("sales"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("cannot be listed"));
    assertThat(outcome(program.run("sales", SLOT))).isEqualTo(Outcome.DONE);

    Files.delete(program.routes);
    Files.move(away, program.routes);
    program.awaitLine("routes is right again");
    assertThat(program.lines).noneMatch(line -> line.contains("job sales is"));
    program.edit("sales", "fileName: 'sales'", "fileName: 'turnover'");
    program.awaitLine("job sales is changed: ");
  }
}
