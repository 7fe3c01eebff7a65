package dev.writeback.ledger;

import java.util.List;
import java.util.Optional;

/** Who runs which job now. Thread-safe. */
interface Leases {

  /**
   * Takes the job where nobody has it, or where its holder is dead.
   *
   * @param runId the run that begins
   * @param holder who takes it
   * @return empty where it is taken; else who has it
   */
  Optional<LeaseRecord> take(String job, String runId, Holder holder);

  /**
   * Renews all that this holder has. A lease that ran out is renewed too, unless somebody else has
   * taken it.
   *
   * @return what it still has
   */
  List<LeaseRecord> renew(Holder holder);

  /** Who has the job now, dead or alive. */
  Optional<LeaseRecord> find(String job);

  /** Gives the job back, if this holder has it. */
  void release(String job, Holder holder);

  /** Gives all back that this holder has. */
  void releaseAll(Holder holder);
}
