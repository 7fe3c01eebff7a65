package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.writeback.ledger.Ledger;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunRequest;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The shipped chain with a ledger that outlives its process. */
class LedgerTest {

  private static final Instant FIRST = Instant.parse("2026-03-29T03:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-03-30T03:00:00Z");
  private static final Map<String, Object> ORDERS =
      Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders_<current_date>");

  private final List<ChainContext> contexts = new ArrayList<>();
  private Sandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
  }

  @AfterEach
  void stop() {
    contexts.forEach(ChainContext::close);
    sandbox.close();
  }

  private ChainContext process(DataSource database) throws Exception {
    ChainContext context = new ChainContext(sandbox);
    contexts.add(context);
    context.camel.getRegistry().bind("database", DataSource.class, database);
    return context;
  }

  private ChainContext jobOf(DataSource database) throws Exception {
    return process(database).job("job", ORDERS).start();
  }

  private static Ledger ledger(ChainContext context) {
    return context.camel.getComponent("ledger", LedgerComponent.class).getLedger();
  }

  private List<String> keys() {
    return sandbox.s3().objects().stream().map(StoredObject::key).sorted().toList();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRunIsRecordedFromIntentToEnd(TestDatabase kind) throws Exception {
    ChainContext context = jobOf(kind.create());

    RunContext run = RunContext.of(context.run("job", FIRST));

    assertThat(ledger(context).history("job", 9))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.id()).isEqualTo(run.getId());
              assertThat(record.outcome()).isEqualTo(Outcome.DONE);
              assertThat(record.ended()).isNotNull();
              assertThat(record.object().key()).isEqualTo("orders_2026-03-29.csv");
              assertThat(record.object().rows()).isEqualTo(12);
              assertThat(record.object().bytes())
                  .isEqualTo(sandbox.s3().bytes("orders_2026-03-29.csv").length);
              assertThat(record.object().eTag()).isEqualTo(run.getETag());
              assertThat(record.openUploads()).isEmpty();
            });
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whatAKilledProcessLeftIsFinishedFirst(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    String left = leave(database);
    ChainContext next = jobOf(database);
    assertThat(ledger(next).openIntents("job")).extracting(RunRecord::id).containsExactly(left);

    RunContext run = RunContext.of(next.run("job", SECOND));

    assertThat(run.isDone()).isTrue();
    assertThat(keys()).containsExactly("orders_2026-03-29.csv", "orders_2026-03-30.csv");
    assertThat(sandbox.s3().objects())
        .filteredOn(object -> object.key().contains("03-29"))
        .singleElement()
        .satisfies(
            object ->
                assertThat(object.metadata())
                    .containsEntry("run-id", left)
                    .containsEntry("slot", FIRST.toString()));
    assertThat(ledger(next).openIntents("job")).isEmpty();
    assertThat(ledger(next).history("job", 9))
        .extracting(RunRecord::id, RunRecord::outcome)
        .containsExactlyInAnyOrder(tuple(run.getId(), Outcome.DONE), tuple(left, Outcome.DONE));
  }

  /** A run whose process dies after the intent: its exchange never learns of an end. */
  private String leave(DataSource database) throws Exception {
    return leave(database, ORDERS);
  }

  private String leave(DataSource database, Map<String, ?> job) throws Exception {
    ChainContext dead = process(database).job("job", job);
    List<String> left = new ArrayList<>();
    dead.camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, following) ->
                isExport(definition)
                    ? (Processor)
                        exchange -> {
                          RunContext run = RunContext.of(exchange);
                          left.add(run.getId());
                          run.setMaybeWritten(true);
                          throw new IllegalStateException("killed here");
                        }
                    : target);
    dead.start();
    dead.run("job", FIRST);
    dead.close();
    assertThat(left).hasSize(1);
    assertThat(keys()).isEmpty();
    return left.get(0);
  }

  private static boolean isExport(NamedNode definition) {
    return definition instanceof ToDefinition to && to.getUri().startsWith("domo:export");
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void theSlotThatWasLeftIsTheRunThatWasLeft(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    String left = leave(database);

    RunContext run = RunContext.of(jobOf(database).run("job", FIRST));

    assertThat(run.getId()).isEqualTo(left);
    assertThat(run.isDone()).isTrue();
    assertThat(run.getAttempt()).isEqualTo(2);
    assertThat(sandbox.domo().exports()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRunThatCannotBeFinishedFailsTheNextAndStaysOpen(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    String left = leave(database);
    ChainContext next = jobOf(database);
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).times(1));

    RunContext run = RunContext.of(next.run("job", SECOND));

    assertThat(run.getOutcome()).isEqualTo(Outcome.DOMO);
    assertThat(run.getFailure().getMessage()).contains(left).contains("failed again");
    assertThat(run.isRetryable()).isTrue();
    assertThat(keys()).isEmpty();
    assertThat(ledger(next).openIntents("job")).extracting(RunRecord::id).containsExactly(left);
    assertThat(RunContext.of(next.run("job", SECOND)).isDone()).isTrue();
    assertThat(keys()).containsExactly("orders_2026-03-29.csv", "orders_2026-03-30.csv");
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aJobThatWasEditedDoesNotFinishTheOldOne(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    String left = leave(database);
    ChainContext next =
        process(database)
            .job("job", Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "another"))
            .start();

    List<String> told = linesOf(() -> next.run("job", SECOND));

    assertThat(keys()).containsExactly("another.csv");
    assertThat(ledger(next).openIntents("job")).extracting(RunRecord::id).containsExactly(left);
    assertThat(told)
        .filteredOn(line -> line.contains(left))
        .as("%s", told)
        .singleElement()
        .asString()
        .isEqualTo(
            "job: run "
                + left
                + " of slot 2026-03-29T03:00:00Z is left open: its object is"
                + " s3://landing/orders_2026-03-29.csv, and this step of the job would write"
                + " another.csv now. If the job has been edited since: abandon job --slot"
                + " 2026-03-29T03:00:00Z gives the run up. If the object is another step's, that one"
                + " finishes it");
    assertThat(told).last().asString().startsWith("job done: ");
  }

  private static List<String> linesOf(Runnable work) {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger runs = (Logger) LoggerFactory.getLogger("dev.writeback.runs");
    lines.start();
    runs.addAppender(lines);
    try {
      work.run();
    } finally {
      runs.detachAppender(lines);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** The chain keeps its id, as where a job's file is read again. */
  @Test
  void aJobThatIsEditedBackFinishesTheOldOne() throws Exception {
    DataSource database = TestDatabase.H2.create();
    String left = leave(database);
    ChainContext next = process(database).yaml("job.camel.yaml", chain("another")).start();
    assertThat(RunContext.of(next.run("job", SECOND)).isDone()).isTrue();
    assertThat(ledger(next).openIntents("job")).extracting(RunRecord::id).containsExactly(left);

    for (String route : List.of("job", "chain")) {
      next.camel.getRouteController().stopRoute(route);
      next.camel.removeRoute(route);
    }
    next.camel.removeEndpoints("*:*");
    next.yaml("job.camel.yaml", chain("orders_<current_date>"));

    assertThat(RunContext.of(next.run("job", SECOND)).isDone()).isTrue();
    assertThat(keys())
        .containsExactly("another.csv", "orders_2026-03-29.csv", "orders_2026-03-30.csv");
    assertThat(ledger(next).openIntents("job")).isEmpty();
  }

  private static String chain(String fileName) {
    return """
        - route:
            id: job
            description: A job of the test
            routeConfigurationId: writeback
            from:
              uri: direct:job
              steps:
        %s
        """
        .formatted(
            ChainContext.step(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", fileName))
                .replace("domo-s3-writeback", "domo-s3-writeback/chain"));
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRunThatFailedForSureIsOver(TestDatabase kind) throws Exception {
    ChainContext context = jobOf(kind.create());
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).times(1));

    context.run("job", FIRST);

    assertThat(ledger(context).openIntents("job")).isEmpty();
    assertThat(ledger(context).lastEnded("job"))
        .hasValueSatisfying(
            record -> {
              assertThat(record.outcome()).isEqualTo(Outcome.DOMO);
              assertThat(record.error()).contains("500");
            });
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void anUnchangedDataSetIsWrittenOnce(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    Map<String, Object> job =
        Map.of(
            "inputDataset",
            SandboxDomo.ORDERS,
            "selectFilename",
            "datasetName",
            "skipUnchanged",
            true,
            "overwrite",
            true);
    ChainContext context = process(database).job("job", job).start();
    assertThat(RunContext.of(context.run("job", FIRST)).isDone()).isTrue();

    RunContext second = RunContext.of(context.run("job", SECOND));
    RunContext repeated = RunContext.of(context.run("job", FIRST));

    assertThat(second.getOutcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(repeated.isDone()).as("a slot that is repeated is written").isTrue();
    assertThat(sandbox.domo().exports()).hasSize(2);
    assertThat(ledger(context).lastComplete("job")).map(RunRecord::outcome).contains(Outcome.DONE);
  }

  @Test
  void anUnchangedDataSetIsWrittenWhereTheJobNamesItOtherwise() throws Exception {
    DataSource database = TestDatabase.H2.create();
    Map<String, Object> job = new HashMap<>(ORDERS);
    job.put("skipUnchanged", true);
    ChainContext context = process(database).job("job", job).start();
    assertThat(RunContext.of(context.run("job", FIRST)).isDone()).isTrue();
    assertThat(RunContext.of(context.run("job", SECOND)).getOutcome()).isEqualTo(Outcome.UNCHANGED);
    context.close();
    job.put("path", "elsewhere");

    RunContext edited = RunContext.of(process(database).job("job", job).start().run("job", SECOND));

    assertThat(edited.isDone()).isTrue();
    assertThat(keys()).containsExactly("elsewhere/orders_2026-03-30.csv", "orders_2026-03-29.csv");
  }

  @Test
  void whatWasLeftIsFinishedUnderTheNameThatTheDataSetHad() throws Exception {
    DataSource database = TestDatabase.H2.create();
    Map<String, ?> job =
        Map.of("inputDataset", SandboxDomo.ORDERS, "selectFilename", "datasetName");
    leave(database, job);
    sandbox.domo().rename(SandboxDomo.ORDERS, "Renamed");

    ChainContext next = process(database).job("job", job).start();

    assertThat(RunContext.of(next.run("job", SECOND)).isDone()).isTrue();
    assertThat(keys()).containsExactly("Orders with everything.csv", "Renamed.csv");
    assertThat(ledger(next).openIntents("job")).isEmpty();
  }

  @Test
  void aRunThatAStopBreaksOffIsLeftOpen() throws Exception {
    DataSource database = TestDatabase.H2.create();
    ChainContext stopped = process(database).job("job", ORDERS);
    stopped
        .camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, following) ->
                isExport(definition)
                    ? (Processor)
                        exchange -> {
                          CompletableFuture.runAsync(camel::stop);
                          Awaitility.await().until(camel::isStopping);
                          throw new IllegalStateException("broken off here");
                        }
                    : target);
    stopped.start();
    RunContext run = RunContext.of(stopped.run("job", FIRST));
    stopped.close();

    assertThat(ledger(jobOf(database)).openIntents("job"))
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.id()).isEqualTo(run.getId());
              assertThat(left.outcome()).isEqualTo(Outcome.STOPPED);
              assertThat(left.error())
                  .isEqualTo("broken off by the stop of the program (broken off here)");
            });
  }

  @Test
  void aRunThatIsFinishedForItsSlotGoesByWhatTheJobSaysNow() throws Exception {
    DataSource database = TestDatabase.H2.create();
    String left = leave(database);
    Map<String, Object> job = new HashMap<>(ORDERS);
    job.put("retries", 7);
    ChainContext failing = process(database).job("job", job).start();
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500));
    assertThat(RunContext.of(failing.run("job", SECOND)).getOutcome()).isEqualTo(Outcome.DOMO);
    sandbox.domo().heal();

    RunContext run =
        RunContext.of(
            failing
                .camel
                .createProducerTemplate()
                .send(
                    "direct:job",
                    exchange -> {
                      exchange.setProperty(RunRequest.SLOT, FIRST);
                      exchange.setProperty(RunRequest.BY_HAND, true);
                    }));

    assertThat(run.getId()).isEqualTo(left);
    assertThat(run.isDone()).isTrue();
    assertThat(run.getRetry().retries()).isEqualTo(7);
    assertThat(run.isByHand()).isTrue();
    assertThat(run.isRecovered()).isTrue();
  }

  @Test
  void aRunThatDoesNotEndBeforeTheStopIsToldAndLeftOpen() throws Exception {
    DataSource database = TestDatabase.H2.create();
    ChainContext stopped = process(database).job("job", ORDERS);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    stopped
        .camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, following) ->
                isExport(definition)
                    ? (Processor)
                        exchange -> {
                          begun.countDown();
                          while (stuck.getCount() > 0) {
                            awaitQuietly(stuck);
                          }
                          throw new IllegalStateException("too late");
                        }
                    : target);
    stopped.camel.getShutdownStrategy().setTimeout(1);
    stopped.start();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger runs = (Logger) LoggerFactory.getLogger("dev.writeback.runs");
    lines.start();
    runs.addAppender(lines);
    CompletableFuture<?> run = CompletableFuture.runAsync(() -> stopped.run("job", FIRST));
    try {
      begun.await();
      stopped.close();

      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .filteredOn(line -> line.contains("broken off"))
          .singleElement()
          .asString()
          .startsWith("job broken off by the stop of the program: run ")
          .endsWith(
              "attempt 1, object s3://landing/orders_2026-03-29.csv, finished first by the job's"
                  + " next run");
      assertThat(ledger(jobOf(database)).openIntents("job"))
          .extracting(RunRecord::outcome, RunRecord::error)
          .containsExactly(tuple(Outcome.STOPPED, "broken off by the stop of the program"));
    } finally {
      runs.detachAppender(lines);
      stuck.countDown();
      run.exceptionally(late -> null).join();
    }
  }

  /** As a read that takes no notice of an interrupt. */
  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ignored) {
      Thread.onSpinWait();
    }
  }

  @Test
  void withoutADatabaseWhatNeedsOneIsRefused() throws Exception {
    ChainContext context = new ChainContext(sandbox);
    contexts.add(context);
    context.job(
        "job",
        Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders", "skipUnchanged", true));

    assertThatThrownBy(context::start)
        .hasStackTraceContaining("job job: skipUnchanged - needs a ledger with a database");
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void twoProcessesDoNotRunAJobAtOnce(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    ChainContext other = jobOf(database);
    ChainContext one = process(database);
    List<RunContext> overlapped = new ArrayList<>();
    List<RunContext> same = new ArrayList<>();
    Processor whileRunning =
        exchange -> {
          if (overlapped.isEmpty()) {
            same.add(null);
            overlapped.add(null);
            same.set(0, RunContext.of(one.run("job", SECOND)));
            overlapped.set(0, RunContext.of(other.run("job", SECOND)));
          }
        };
    one.camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, following) ->
                isExport(definition)
                    ? (Processor)
                        exchange -> {
                          whileRunning.process(exchange);
                          target.process(exchange);
                        }
                    : target);
    LedgerComponent component = other.camel.getComponent("ledger", LedgerComponent.class);
    assertThat(component.getLeaseTime()).isEqualTo(60_000);
    one.camel.getComponent("ledger", LedgerComponent.class).setLeaseTime(8_000);
    one.job("job", ORDERS).start();

    RunContext first = RunContext.of(one.run("job", FIRST));

    assertThat(first.isDone()).isTrue();
    assertThat(same.get(0).getOutcome()).isEqualTo(Outcome.OVERLAP);
    assertThat(overlapped.get(0).getOutcome()).isEqualTo(Outcome.OVERLAP);
    assertThat(overlapped.get(0).getFailure().getMessage()).contains(first.getId());
    assertThat(overlapped.get(0).isRetryable()).isFalse();
    assertThat(RunContext.of(other.run("job", SECOND)).isDone()).as("given back").isTrue();
  }
}
