package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the runs of all jobs. Asked of {@link LedgerComponent#getLedger}.
 *
 * <p>Thread-safe. No method holds a connection beyond its call.
 *
 * <p>A method that cannot reach the database throws a {@link dev.writeback.run.RunException} that
 * is worth a retry.
 */
public interface Ledger {

  /** Whether it outlives this process; if not, it knows the runs of this process alone. */
  boolean isDurable();

  /**
   * The latest slot of the job's schedule that a run was recorded for, whatever became of it. A run
   * that a dead process left before it was about to write does not count: its slot was missed.
   */
  Optional<Instant> lastSlot(String job);

  /**
   * The last run after which all that the job asks for was in S3: its object was written, or there
   * was nothing to write.
   */
  Optional<RunRecord> lastComplete(String job);

  /**
   * The last run that has ended, however. One that found the job running does not count, and
   * neither does one that is under way: between its attempts, and in the error handling of its
   * route, a run has not ended.
   */
  Optional<RunRecord> lastEnded(String job);

  /**
   * The last run that has ended and says how the job stands when nobody looks on: as {@link
   * #lastEnded}, but a run by hand that failed does not count. One that succeeded does.
   */
  Optional<RunRecord> lastThatCounts(String job);

  /** As {@link #lastThatCounts}, before this run: whether a success is a recovery. */
  Optional<RunRecord> lastEndedBefore(RunContext run);

  /**
   * The highest {@code _BATCH_ID_} that the job's complete objects of a DataSet hold.
   *
   * @param dataSetId the id that Domo knows it by
   */
  Optional<Long> watermark(String job, String dataSetId);

  /**
   * The runs that were about to write and have not ended, oldest first. The job's next run finishes
   * such a run before it writes its own object; one that is under way now is among them.
   */
  List<RunRecord> openIntents(String job);

  /**
   * The latest runs, the newest first.
   *
   * @param job the job's name, or null for all jobs
   * @param most how many
   */
  List<RunRecord> history(String job, int most);

  /**
   * Changes nothing, and throws where nothing can be changed: a database that is out of reach, or
   * that only lets itself be read, as a standby does.
   */
  default void checkWritable() {}
}
