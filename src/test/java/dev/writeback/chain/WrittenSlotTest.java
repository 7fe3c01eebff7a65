package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.ledger.Ledger;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunRequest;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that have the same schedules and share a ledger: each fires every slot. */
class WrittenSlotTest {

  private static final Instant FIRST = Instant.parse("2026-03-29T03:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-03-30T03:00:00Z");
  private static final String FIRST_KEY = "orders_2026-03-29.csv";
  private static final String SECOND_KEY = "orders_2026-03-30.csv";
  private static final Map<String, Object> ORDERS =
      Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders_<current_date>");

  private final List<ChainContext> contexts = new ArrayList<>();
  private final AtomicBoolean killed = new AtomicBoolean();
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

  private ChainContext program(DataSource database) throws Exception {
    ChainContext context = new ChainContext(sandbox);
    contexts.add(context);
    context.camel.getRegistry().bind("database", DataSource.class, database);
    context
        .camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, following) ->
                definition instanceof ToDefinition to && to.getUri().startsWith("domo:export")
                    ? (Processor)
                        exchange -> {
                          if (killed.get()) {
                            RunContext.of(exchange).setMaybeWritten(true);
                            throw new IllegalStateException("killed here");
                          }
                          target.process(exchange);
                        }
                    : target);
    return context;
  }

  private ChainContext jobOf(DataSource database) throws Exception {
    return program(database).job("job", ORDERS).start();
  }

  private static RunContext onSchedule(ChainContext program, Instant slot) {
    return RunContext.of(
        program
            .camel
            .createProducerTemplate()
            .send(
                "direct:job",
                exchange -> {
                  exchange.setProperty(RunRequest.SLOT, slot);
                  exchange.setProperty(RunRequest.SCHEDULED, true);
                }));
  }

  private static Ledger ledger(ChainContext context) {
    return context.camel.getComponent("ledger", LedgerComponent.class).getLedger();
  }

  private List<String> keys() {
    return sandbox.s3().objects().stream().map(StoredObject::key).sorted().toList();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aSlotThatAnotherProgramHasWrittenIsNotRunAgain(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    ChainContext one = jobOf(database);
    ChainContext other = jobOf(database);
    RunContext first = onSchedule(one, FIRST);
    assertThat(first.isDone()).isTrue();

    RunContext second = onSchedule(other, FIRST);

    assertThat(second.getOutcome()).isEqualTo(Outcome.OVERLAP);
    assertThat(second.isRetryable()).isFalse();
    assertThat(second.getFailure())
        .hasMessage("run " + first.getId() + " has written this slot already");
    assertThat(sandbox.domo().exports()).hasSize(1);
    assertThat(ledger(other).openIntents("job")).isEmpty();
    assertThat(ledger(other).lastEnded("job")).map(RunRecord::id).contains(first.getId());
    assertThat(onSchedule(other, SECOND).isDone()).isTrue();
    assertThat(keys()).containsExactly(FIRST_KEY, SECOND_KEY);
  }

  @Test
  void aSlotThatSomebodyAsksForIsWrittenOnceMore() throws Exception {
    ChainContext program =
        program(TestDatabase.H2.create())
            .job(
                "job",
                Map.of(
                    "inputDataset", SandboxDomo.ORDERS, "fileName", "orders", "overwrite", "true"))
            .start();
    assertThat(onSchedule(program, FIRST).isDone()).isTrue();

    assertThat(RunContext.of(program.run("job", FIRST)).isDone()).isTrue();

    assertThat(sandbox.domo().exports()).hasSize(2);
  }

  @Test
  void aJobThatWritesADataSetTwiceWritesBoth() throws Exception {
    ChainContext program =
        program(TestDatabase.H2.create())
            .yaml(
                "job.camel.yaml",
                """
                - route:
                    id: job
                    description: A job of the test
                    routeConfigurationId: writeback
                    from:
                      uri: direct:job
                      steps:
                """
                    + ChainContext.step(ORDERS)
                    + "\n"
                    + ChainContext.step(
                        Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "another")))
            .start();

    assertThat(onSchedule(program, FIRST).isDone()).isTrue();

    assertThat(keys()).containsExactly("another.csv", FIRST_KEY);
  }

  /** As an older program has left it: it began a slot that was written. */
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whatWasLeftOfASlotThatIsWrittenHoldsUpNothing(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    ChainContext program = jobOf(database);
    RunContext first = onSchedule(program, FIRST);
    String left = leaveSecondRunOfFirst(program);
    sql(database, "update writeback_run set scheduled = true where run_id = '" + left + "'");

    RunContext next = onSchedule(program, SECOND);

    assertThat(next.isDone()).as(String.valueOf(next.getFailure())).isTrue();
    assertThat(keys()).containsExactly(FIRST_KEY, SECOND_KEY);
    assertThat(ledger(program).openIntents("job")).isEmpty();
    assertThat(ledger(program).history("job", 9))
        .filteredOn(run -> run.id().equals(left))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.outcome()).isEqualTo(Outcome.NOTHING_NEW);
              assertThat(run.notes())
                  .containsExactly("run " + first.getId() + " has written this slot already");
            });
  }

  @Test
  void whatWasLeftOfASlotThatSomebodyAskedForIsFinished() throws Exception {
    ChainContext program = jobOf(TestDatabase.H2.create());
    onSchedule(program, FIRST);
    String left = leaveSecondRunOfFirst(program);

    RunContext next = onSchedule(program, SECOND);

    assertThat(next.getFailure().getMessage()).contains(left).contains("exists already");
  }

  private String leaveSecondRunOfFirst(ChainContext program) {
    killed.set(true);
    String left = RunContext.of(program.run("job", FIRST)).getId();
    killed.set(false);
    assertThat(ledger(program).openIntents("job")).extracting(RunRecord::id).containsExactly(left);
    return left;
  }

  private static void sql(DataSource database, String statement) throws Exception {
    try (var connection = database.getConnection();
        var change = connection.createStatement()) {
      assertThat(change.executeUpdate(statement)).isOne();
    }
  }
}
