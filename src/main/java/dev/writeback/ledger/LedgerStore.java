package dev.writeback.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A ledger that can be written to. */
interface LedgerStore extends Ledger {

  /** An abort that S3 refuses is tried for so many runs, not for ever more. */
  int MOST_WITH_OPEN_UPLOADS = 10;

  /**
   * Writes all that is known of a run, whether it is new or not.
   *
   * @return false where the run is recorded as done, which nothing changes any more
   */
  boolean save(RunRecord run);

  /**
   * Writes all that is known of a run that is new, or recorded as not ended.
   *
   * @return false where it has ended: another process has ended it, or it was done
   */
  boolean saveOpen(RunRecord run);

  /** All runs of the job that have not ended, oldest first. */
  List<RunRecord> unfinished(String job);

  /** The last run of the job that wrote an object of the DataSet. */
  Optional<RunRecord> lastObject(String job, String dataSetId);

  /** The runs of the job that wrote an object of the DataSet for this slot, the newest first. */
  List<RunRecord> objectsOf(String job, String dataSetId, Instant slot);

  /** The last run of the job that wrote an object of the DataSet for this slot. */
  default Optional<RunRecord> objectOf(String job, String dataSetId, Instant slot) {
    return objectsOf(job, dataSetId, slot).stream().findFirst();
  }

  /** The latest runs of the job that are over and have left uploads open, the newest first. */
  List<RunRecord> withOpenUploads(String job);

  /** Nothing is left of this upload, of a run that is over. */
  void uploadEnded(String runId, String uploadId);

  /** The program stops: a database that hangs is not waited for again and again. */
  void hurry();

  /** Lets go of what it has open. */
  void close();

  /** The leases on jobs, kept where the runs are. */
  Leases leases();
}
