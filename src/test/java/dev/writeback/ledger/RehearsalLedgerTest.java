package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Watermark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rehearsed run sees of the ledger, and that it leaves it alone. */
class RehearsalLedgerTest {

  private static final String DATASET = "c0ffee00-5ca1-4ab1-8e0d-0123456789ab";
  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private DataSource database;
  private JdbcLedger real;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.H2.create();
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      real = JdbcLedger.open(database, LIMIT, LIMIT, true, context.getClassResolver());
    }
  }

  @AfterEach
  void close() {
    real.close();
  }

  private static RunContext run(Instant slot, Long above, long upTo) {
    RunContext run = new RunContext("job", slot, ZoneOffset.UTC);
    run.setDataSetId(DATASET);
    run.setWatermark(new Watermark(above, upTo));
    run.setBucket("landing");
    run.setKey("rows.csv");
    return run;
  }

  private RehearsalLedger rehearsal() {
    return RehearsalLedger.of(database, LIMIT, true);
  }

  @Test
  void whatIsFinishedFirstCountsAsFinished() {
    RunContext done = run(SLOT, null, 3);
    done.done();
    real.save(RunRecord.of(done, SLOT));
    assertThat(rehearsal().watermark("job", DATASET)).contains(3L);

    real.save(RunRecord.of(run(SLOT.plusSeconds(60), 3L, 5), null));

    assertThat(rehearsal().watermark("job", DATASET)).contains(5L);
    assertThat(rehearsal().watermark("job", "another DataSet")).isEmpty();
    assertThat(rehearsal().openIntents("job")).hasSize(1);
    assertThat(rehearsal().unfinished("job")).isEmpty();
  }

  @Test
  void nothingIsWritten() {
    RehearsalLedger rehearsal = rehearsal();

    assertThat(rehearsal.saveOpen(RunRecord.of(run(SLOT, null, 3), null))).isTrue();
    assertThat(rehearsal.leases().take("job", "run", Holder.ofThisProcess())).isEmpty();

    assertThat(real.history("job", 9)).isEmpty();
    assertThat(real.leases().find("job")).isEmpty();
  }

  @Test
  void aRunUnderWayIsSeen() {
    assertThat(rehearsal().underWay("job")).isEmpty();
    real.leases().take("job", "run-1", Holder.ofThisProcess());

    assertThat(rehearsal().underWay("job"))
        .hasValueSatisfying(lease -> assertThat(lease.runId()).isEqualTo("run-1"));
  }

  /** Whoever else has had the file is dead, or nobody could read it now. */
  @Test
  void theLeaseOfADeadProcessIsNone() {
    real.leases().take("job", "run-1", new Holder("machine/1/1", "c"));

    assertThat(rehearsal().underWay("job")).isEmpty();
    assertThat(RehearsalLedger.of(database, LIMIT, false).underWay("job")).isPresent();
  }

  @Test
  void aDatabaseThatIsNotThereIsNotMade(@TempDir Path folder) {
    JdbcDataSource none = new JdbcDataSource();
    none.setURL("jdbc:h2:file:" + folder.resolve("ledger") + ";IFEXISTS=TRUE");
    RehearsalLedger rehearsal = RehearsalLedger.of(none, LIMIT, true);

    assertThat(rehearsal.watermark("job", DATASET)).isEmpty();
    assertThat(rehearsal.unread()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  /** A run that asks it for nothing does not need it. */
  @Test
  void oneThatCannotBeReadIsToldOfWhereItIsNeeded() {
    JdbcDataSource broken = new JdbcDataSource();
    broken.setURL("jdbc:h2:tcp://127.0.0.1:1/ledger");
    RehearsalLedger rehearsal = RehearsalLedger.of(broken, LIMIT, true);

    assertThat(rehearsal.objectOf("job", DATASET, SLOT)).isEmpty();
    assertThat(rehearsal.unread()).isPresent();
    assertThatThrownBy(() -> rehearsal.watermark("job", DATASET))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("ledger - its database cannot be opened");
  }
}
