package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writeback.ledger.Ledger;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.LosableDatabase;
import dev.writeback.ledger.RunRecord;
import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shipped chain where its job, or its ledger, is lost to it while a run is under way. */
class LostLeaseTest {

  private static final Instant FIRST = Instant.parse("2026-03-29T03:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-03-30T03:00:00Z");
  private static final String FIRST_KEY = "orders_2026-03-29.csv";
  private static final String SECOND_KEY = "orders_2026-03-30.csv";

  private Sandbox sandbox;
  private LosableDatabase database;
  private long statementTimeout = 10_000;
  private ChainContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new ChainContext(sandbox);
  }

  @AfterEach
  void stop() {
    context.close();
    sandbox.close();
  }

  /** Does this, once, before the first run's step of this kind. */
  private void job(TestDatabase kind, String step, Processor before) throws Exception {
    database = new LosableDatabase(kind.create());
    AtomicBoolean once = new AtomicBoolean();
    context.camel.getRegistry().bind("database", DataSource.class, database);
    context
        .camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, following) ->
                definition instanceof ToDefinition to && to.getUri().startsWith(step)
                    ? (Processor)
                        exchange -> {
                          if (once.compareAndSet(false, true)) {
                            before.process(exchange);
                          }
                          target.process(exchange);
                        }
                    : target);
    LedgerComponent ledger = context.camel.getComponent("ledger", LedgerComponent.class);
    ledger.setLeaseTime(2_000);
    ledger.setStatementTimeout(statementTimeout);
    context
        .job("job", Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders_<current_date>"))
        .start();
  }

  private Ledger ledger() {
    return context.camel.getComponent("ledger", LedgerComponent.class).getLedger();
  }

  private void sql(String statement) throws SQLException {
    try (var connection = database.getConnection();
        var change = connection.createStatement()) {
      assertThat(change.executeUpdate(statement)).isOne();
    }
  }

  private void anotherProcessHasTheJob(Exchange exchange) throws SQLException {
    sql("update writeback_lease set run_id = 'other', holder = 'machine/2/1 other'");
  }

  private void anotherProcessHasEndedTheRun() throws SQLException {
    sql("update writeback_run set ended = current_timestamp, outcome = 'S3', error = 'denied'");
  }

  private List<String> keys() {
    return sandbox.s3().objects().stream().map(StoredObject::key).sorted().toList();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRunIsBrokenOffAndLeftToTheNext(TestDatabase kind) throws Exception {
    job(
        kind,
        "domo:export",
        exchange -> {
          anotherProcessHasTheJob(exchange);
          Awaitility.await().until(RunContext.of(exchange).permit()::isWithdrawn);
        });

    RunContext run = RunContext.of(context.run("job", FIRST));

    assertThat(run.getOutcome()).isEqualTo(Outcome.OVERLAP);
    assertThat(run.isRetryable()).isFalse();
    assertThat(run.getFailure()).hasMessageContaining("run other has it now");
    assertThat(keys()).isEmpty();
    assertThat(ledger().openIntents("job")).extracting(RunRecord::id).containsExactly(run.getId());

    sql("delete from writeback_lease");
    assertThat(RunContext.of(context.run("job", SECOND)).isDone()).isTrue();
    assertThat(keys()).containsExactly(FIRST_KEY, SECOND_KEY);
    assertThat(ledger().openIntents("job")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRunThatAnotherProcessHasEndedFixesNoObject(TestDatabase kind) throws Exception {
    job(kind, "ledger:intent", exchange -> anotherProcessHasEndedTheRun());

    RunContext run = RunContext.of(context.run("job", FIRST));

    assertThat(run.getOutcome()).isEqualTo(Outcome.OVERLAP);
    assertThat(run.getFailure())
        .hasMessageContaining("another process has ended run " + run.getId());
    assertThat(keys()).isEmpty();
    assertThat(ledger().history("job", 9))
        .extracting(RunRecord::outcome, RunRecord::error)
        .containsExactly(tuple(Outcome.S3, "denied"));
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whatAnotherProcessHasEndedIsNotRecordedAsDone(TestDatabase kind) throws Exception {
    job(kind, "ledger:done", exchange -> anotherProcessHasEndedTheRun());

    RunContext run = RunContext.of(context.run("job", FIRST));

    assertThat(run.isDone()).isTrue();
    assertThat(run.notes())
        .containsExactly("the ledger says what another process has made of this run");
    assertThat(ledger().lastComplete("job")).isEmpty();
    assertThat(ledger().history("job", 9))
        .extracting(RunRecord::outcome, RunRecord::error)
        .containsExactly(tuple(Outcome.S3, "denied"));
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aLateDoneCountsWhileTheIntentIsStillItsOwn(TestDatabase kind) throws Exception {
    job(kind, "ledger:done", this::anotherProcessHasTheJob);

    assertThat(RunContext.of(context.run("job", FIRST)).isDone()).isTrue();

    assertThat(ledger().lastComplete("job")).map(RunRecord::outcome).contains(Outcome.DONE);
    assertThat(ledger().openIntents("job")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aDatabaseThatIsLostBeforeTheIntentFailsTheRun(TestDatabase kind) throws Exception {
    job(kind, "ledger:intent", exchange -> database.lose());

    RunContext run = RunContext.of(context.run("job", FIRST));

    assertThat(run.getOutcome()).isEqualTo(Outcome.UNEXPECTED);
    assertThat(run.isRetryable()).isTrue();
    assertThat(run.getFailure())
        .hasMessage("The ledger's database does not do its part: Connection refused");
    assertThat(keys()).isEmpty();

    database.bringBack();
    RunContext next = RunContext.of(context.run("job", SECOND));
    assertThat(next.isDone()).isTrue();
    assertThat(keys()).containsExactly(SECOND_KEY);
    assertThat(ledger().history("job", 9))
        .extracting(RunRecord::id, RunRecord::outcome)
        .containsExactly(tuple(next.getId(), Outcome.DONE), tuple(run.getId(), Outcome.UNEXPECTED));
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aDatabaseThatIsLostBeforeDoneLeavesTheNextRunToFindTheObject(TestDatabase kind)
      throws Exception {
    job(kind, "ledger:done", exchange -> database.lose());

    RunContext run = RunContext.of(context.run("job", FIRST));

    assertThat(run.isDone()).isTrue();
    assertThat(run.notes())
        .contains(
            "the ledger does not know that it is complete; the job's next run will look for its"
                + " object");
    assertThat(keys()).containsExactly(FIRST_KEY);
    String eTag = sandbox.s3().object(FIRST_KEY).orElseThrow().eTag();

    database.bringBack();
    assertThat(ledger().openIntents("job")).extracting(RunRecord::id).containsExactly(run.getId());
    RunContext next = RunContext.of(context.run("job", SECOND));
    assertThat(next.isDone()).isTrue();
    assertThat(keys()).containsExactly(FIRST_KEY, SECOND_KEY);
    assertThat(ledger().history("job", 9))
        .extracting(RunRecord::id, RunRecord::outcome)
        .containsExactly(tuple(next.getId(), Outcome.DONE), tuple(run.getId(), Outcome.DONE));
    assertThat(ledger().history("job", 9).get(1).object().eTag()).contains(eTag);
  }

  /** Somebody has locked its tables, and does not let go. */
  @Test
  @Timeout(60)
  void aDatabaseThatHangsFailsTheRunAndDoesNotHoldUpTheStop() throws Exception {
    statementTimeout = 1_000;
    List<Connection> locking = new ArrayList<>();
    try {
      job(
          TestDatabase.POSTGRESQL,
          "ledger:intent",
          exchange -> {
            Connection connection = database.getConnection();
            locking.add(connection);
            connection.setAutoCommit(false);
            try (var lock = connection.createStatement()) {
              lock.execute("lock table writeback_run, writeback_lease");
            }
          });

      RunContext run = RunContext.of(context.run("job", FIRST));

      assertThat(run.getOutcome()).isEqualTo(Outcome.UNEXPECTED);
      assertThat(run.isRetryable()).isTrue();
      assertThat(run.getFailure())
          .hasMessageStartingWith("The ledger's database has not answered within 1 s");
      assertThat(keys()).isEmpty();
      context.close();
      assertThat(locking.get(0).isClosed()).as("still locked").isFalse();
    } finally {
      for (Connection connection : locking) {
        connection.close();
      }
    }
  }
}
