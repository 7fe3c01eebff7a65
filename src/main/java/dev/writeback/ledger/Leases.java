package dev.writeback.ledger;

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

  /** Renews all that this holder has. */
  void renew(Holder holder);

  /** Gives the job back, if this holder has it. */
  void release(String job, Holder holder);

  /** Gives all back that this holder has. */
  void releaseAll(Holder holder);
}
