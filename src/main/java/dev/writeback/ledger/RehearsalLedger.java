package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What a run that is only rehearsed sees: what the real ledger knows, as if all that has to be
 * finished first were done. What it writes, and the job that it takes, are its own alone.
 */
final class RehearsalLedger implements LedgerStore {

  private final LedgerStore found;
  private final boolean ofOneProcess;
  private final RunException unread;
  private final MemoryLedger written = new MemoryLedger();

  private RehearsalLedger(LedgerStore found, boolean ofOneProcess, RunException unread) {
    this.found = found;
    this.ofOneProcess = ofOneProcess;
    this.unread = unread;
  }

  /**
   * @param dataSource null for a ledger that knows nothing, as one that is not there
   * @param statementTimeout how long the database may take for one statement
   * @param ofOneProcess whether the database is open to one process at a time
   */
  static RehearsalLedger of(
      DataSource dataSource, Duration statementTimeout, boolean ofOneProcess) {
    try {
      boolean isThere = dataSource != null && Schema.isThere(dataSource, statementTimeout);
      LedgerStore found =
          isThere ? JdbcLedger.found(dataSource, statementTimeout) : new MemoryLedger();
      return new RehearsalLedger(found, ofOneProcess, null);
    } catch (RunException e) {
      return new RehearsalLedger(new MemoryLedger(), ofOneProcess, e);
    }
  }

  Optional<RunException> unread() {
    return Optional.ofNullable(unread);
  }

  /** Whoever has the job now, and is not known to be dead. */
  Optional<LeaseRecord> underWay(String job) {
    String here = Holder.ofThisProcess().process();
    return found
        .leases()
        .find(job)
        .filter(lease -> lease.expires().isAfter(Instant.now()))
        .filter(lease -> !ofOneProcess || lease.holder().process().equals(here));
  }

  private LedgerStore read() {
    if (unread != null) {
      throw unread;
    }
    return found;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  /** For what a start makes up for, and nothing starts. */
  @Override
  public Optional<Instant> lastSlot(String job) {
    return Optional.empty();
  }

  @Override
  public Optional<RunRecord> lastComplete(String job) {
    return read().lastComplete(job);
  }

  @Override
  public Optional<RunRecord> lastEnded(String job) {
    return read().lastEnded(job);
  }

  /** Nobody is told of a recovery that is rehearsed. */
  @Override
  public Optional<RunRecord> lastThatCounts(String job) {
    return read().lastThatCounts(job);
  }

  @Override
  public Optional<RunRecord> lastEndedBefore(RunContext run) {
    return Optional.empty();
  }

  @Override
  public Optional<Long> watermark(String job, String dataSetId) {
    Stream<Long> finished =
        read().openIntents(job).stream()
            .filter(intent -> dataSetId.equals(intent.dataSet().id()))
            .map(RunRecord::watermark)
            .filter(Objects::nonNull)
            .map(Watermark::upTo);
    return Stream.concat(read().watermark(job, dataSetId).stream(), finished).max(Long::compareTo);
  }

  @Override
  public Optional<RunRecord> lastObject(String job, String dataSetId) {
    return read().lastObject(job, dataSetId);
  }

  /** Asked by every run, also by one that makes nothing of it: then an unread ledger will do. */
  @Override
  public List<RunRecord> objectsOf(String job, String dataSetId, Instant slot) {
    return found.objectsOf(job, dataSetId, slot);
  }

  @Override
  public List<RunRecord> history(String job, int most) {
    return read().history(job, most);
  }

  /** What is to be told, and not finished. */
  @Override
  public List<RunRecord> openIntents(String job) {
    return found.openIntents(job);
  }

  @Override
  public List<RunRecord> unfinished(String job) {
    return List.of();
  }

  @Override
  public List<RunRecord> withOpenUploads(String job) {
    return List.of();
  }

  @Override
  public boolean save(RunRecord run) {
    return written.save(run);
  }

  @Override
  public boolean saveOpen(RunRecord run) {
    return written.saveOpen(run);
  }

  @Override
  public void uploadEnded(String runId, String uploadId) {
    written.uploadEnded(runId, uploadId);
  }

  @Override
  public Leases leases() {
    return written.leases();
  }

  @Override
  public void hurry() {
    found.hurry();
  }

  @Override
  public void close() {
    found.close();
  }
}
