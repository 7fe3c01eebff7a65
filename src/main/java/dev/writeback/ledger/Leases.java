package dev.writeback.ledger;

import java.util.Optional;

/** Who runs which job now. Thread-safe. */
interface Leases {

  /**
   * Takes the job where nobody has it, or where its holder has not renewed in time.
   *
   * @return empty where it is taken; else who has it
   */
  Optional<LeaseRecord> take(LeaseRecord wanted);

  /** Renews what this holder has. */
  void renew(String holder);

  /** Gives the job back, if this holder has it. */
  void release(String job, String holder);

  /** Gives all back that this holder has. */
  void releaseAll(String holder);
}
