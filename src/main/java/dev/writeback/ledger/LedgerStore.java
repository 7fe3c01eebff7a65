package dev.writeback.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A ledger that can be written to. */
interface LedgerStore extends Ledger {

  /**
   * Writes all that is known of a run, whether it is new or not.
   *
   * @return false where the run is recorded as done, which nothing changes any more
   */
  boolean save(RunRecord run);

  /** All runs of the job that have not ended, oldest first. */
  List<RunRecord> unfinished(String job);

  /** The last run of the job that wrote an object of the DataSet. */
  Optional<RunRecord> lastObject(String job, String dataSetId);

  /** The last run of the job that wrote an object of the DataSet for this slot. */
  Optional<RunRecord> objectOf(String job, String dataSetId, Instant slot);

  /** Lets go of what it has open. */
  void close();

  /** The leases on jobs, kept where the runs are. */
  Leases leases();
}
