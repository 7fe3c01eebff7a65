package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.spi.ClassResolver;

/** The ledger in a database: H2 or PostgreSQL, by plain JDBC. */
final class JdbcLedger implements LedgerStore {

  private static final String SUCCESSFUL = "outcome in ('DONE', 'UNCHANGED', 'NOTHING_NEW')";
  private static final String COMPLETE = "ended is not null and " + SUCCESSFUL;
  private static final String ENDED = "ended is not null and outcome <> 'OVERLAP'";
  private static final String COUNTS = ENDED + " and (not by_hand or " + SUCCESSFUL + ")";
  private static final String OBJECT_OF = "outcome = 'DONE' and dataset_id = ?";
  private static final String NEWEST_FIRST = " order by run_number desc";

  private final Database database;
  private final JdbcLeases leases;
  private final Connection held;

  private JdbcLedger(Database database, JdbcLeases leases, Connection held) {
    this.database = database;
    this.leases = leases;
    this.held = held;
  }

  /**
   * Opens the ledger of this database, with its tables up to date.
   *
   * @param statementTimeout how long the database may take for one statement
   * @param leaseTime how long a lease lasts that is not renewed
   * @param ofOneProcess whether the database is open to one process at a time
   * @throws dev.writeback.run.RunException if it cannot be opened
   */
  static JdbcLedger open(
      DataSource dataSource,
      Duration statementTimeout,
      Duration leaseTime,
      boolean ofOneProcess,
      ClassResolver classes) {
    Connection held = Schema.prepare(dataSource, statementTimeout, classes);
    Database database = new Database(dataSource, statementTimeout);
    return new JdbcLedger(database, new JdbcLeases(database, leaseTime, ofOneProcess), held);
  }

  /** The ledger of this database as it is found, to be read. */
  static JdbcLedger found(DataSource dataSource, Duration statementTimeout) {
    Database database = new Database(dataSource, statementTimeout);
    return new JdbcLedger(database, new JdbcLeases(database, Duration.ZERO, false), null);
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public boolean save(RunRecord run) {
    Object[] values = RunRow.values(run);
    return database.update(RunRow.UPDATE, values) == 1 || database.insert(RunRow.INSERT, values);
  }

  @Override
  public boolean saveOpen(RunRecord run) {
    Object[] values = RunRow.values(run);
    return database.update(RunRow.UPDATE_OPEN, values) == 1
        || database.insert(RunRow.INSERT, values);
  }

  private List<RunRecord> select(String where, Object... values) {
    return database.query(RunRow::read, "select * from writeback_run where " + where, values);
  }

  private Optional<RunRecord> last(String where, Object... values) {
    return select("job = ? and " + where + NEWEST_FIRST + " fetch first row only", values).stream()
        .findFirst();
  }

  @Override
  public List<RunRecord> unfinished(String job) {
    return select("job = ? and ended is null order by run_number", job);
  }

  @Override
  public List<RunRecord> openIntents(String job) {
    return unfinished(job).stream().filter(RunRecord::isOpenIntent).toList();
  }

  @Override
  public Optional<Instant> lastSlot(String job) {
    return Optional.ofNullable(
        database
            .query(
                row -> Database.time(row, 1),
                "select max(slot) from writeback_run where job = ? and scheduled"
                    + " and (ended is not null or object_key is not null)",
                job)
            .get(0));
  }

  @Override
  public Optional<RunRecord> lastComplete(String job) {
    return last(COMPLETE, job);
  }

  @Override
  public Optional<RunRecord> lastEnded(String job) {
    return last(ENDED, job);
  }

  @Override
  public Optional<RunRecord> lastThatCounts(String job) {
    return last(COUNTS, job);
  }

  @Override
  public Optional<RunRecord> lastEndedBefore(RunContext run) {
    return last(COUNTS + " and run_id <> ?", run.getJob(), run.getId());
  }

  @Override
  public Optional<RunRecord> lastObject(String job, String dataSetId) {
    return last(OBJECT_OF, job, dataSetId);
  }

  @Override
  public List<RunRecord> objectsOf(String job, String dataSetId, Instant slot) {
    return select(
        "job = ? and " + OBJECT_OF + " and slot = ?" + NEWEST_FIRST, job, dataSetId, slot);
  }

  @Override
  public Optional<Long> watermark(String job, String dataSetId) {
    return Optional.ofNullable(
        database
            .query(
                row -> row.getObject(1, Long.class),
                "select max(watermark_up_to) from writeback_run where job = ? and " + OBJECT_OF,
                job,
                dataSetId)
            .get(0));
  }

  @Override
  public List<RunRecord> history(String job, int most) {
    String end = NEWEST_FIRST + " fetch first " + most + " rows only";
    return job == null ? select("1 = 1" + end) : select("job = ?" + end, job);
  }

  @Override
  public List<RunRecord> withOpenUploads(String job) {
    return select(
        "job = ? and ended is not null and open_uploads <> ''"
            + NEWEST_FIRST
            + " fetch first "
            + MOST_WITH_OPEN_UPLOADS
            + " rows only",
        job);
  }

  @Override
  public void uploadEnded(String runId, String uploadId) {
    for (RunRecord run : select("run_id = ?", runId)) {
      database.update(
          "update writeback_run set open_uploads = ? where run_id = ?",
          RunRow.lines(run.withoutUpload(uploadId).openUploads()),
          runId);
    }
  }

  @Override
  public void checkWritable() {
    database.update("update writeback_run set by_hand = by_hand where 1 = 0");
  }

  @Override
  public void hurry() {
    database.hurry();
  }

  @Override
  public void close() {
    try {
      if (held != null) {
        held.close();
      }
    } catch (SQLException alreadyGone) {
      return;
    }
  }

  @Override
  public Leases leases() {
    return leases;
  }
}
