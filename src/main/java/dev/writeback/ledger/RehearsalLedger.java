package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What a run that is only rehearsed sees: what the real ledger knows, and no run that it would have
 * to finish first. What it writes, and the job that it takes, are its own alone; the real ledger
 * stays as it is, and is not even made where there is none.
 */
final class RehearsalLedger implements LedgerStore {

  private final LedgerStore found;
  private final RunException unread;
  private final MemoryLedger written = new MemoryLedger();

  private RehearsalLedger(LedgerStore found, RunException unread) {
    this.found = found;
    this.unread = unread;
  }

  /** One that cannot be read is told of when a run needs to know. */
  static RehearsalLedger of(DataSource dataSource) {
    try {
      if (dataSource == null || !Schema.isThere(dataSource)) {
        return new RehearsalLedger(new MemoryLedger(), null);
      }
      LedgerStore found = JdbcLedger.found(dataSource);
      found.history(null, 1);
      return new RehearsalLedger(found, null);
    } catch (RunException e) {
      return new RehearsalLedger(new MemoryLedger(), e);
    }
  }

  private LedgerStore read() {
    if (unread != null) {
      throw unread;
    }
    return found;
  }

  @Override
  public boolean isDurable() {
    return found.isDurable();
  }

  /** For what a start makes up for, and nothing starts. */
  @Override
  public Optional<Instant> lastSlot(String job) {
    return found.lastSlot(job);
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
  public Optional<RunRecord> lastEndedBefore(RunContext run) {
    return Optional.empty();
  }

  @Override
  public Optional<Long> watermark(String job, String dataSetId) {
    return read().watermark(job, dataSetId);
  }

  @Override
  public Optional<RunRecord> lastObject(String job, String dataSetId) {
    return read().lastObject(job, dataSetId);
  }

  /** Asked by every run, also by one that makes nothing of it: then an unread ledger will do. */
  @Override
  public Optional<RunRecord> objectOf(String job, String dataSetId, Instant slot) {
    return found.objectOf(job, dataSetId, slot);
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
  public void close() {
    found.close();
  }
}
