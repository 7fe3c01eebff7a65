package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.time.Duration;
import java.util.Optional;

/** Why a run is broken off whose job another one may have begun meanwhile. */
final class LostLease {

  private LostLease() {}

  /**
   * @param unrenewed for how long nothing was heard of the lease
   * @param now who has the job instead, where anybody has
   */
  static RunException of(Duration unrenewed, Optional<LeaseRecord> now) {
    return new RunException(
        Outcome.OVERLAP,
        false,
        "the lease of this job was lost (for "
            + unrenewed.toSeconds()
            + " s it was not renewed: the process stood still, or the ledger's database was not"
            + " reachable); "
            + now.map(other -> "run " + other.runId() + " has it now")
                .orElse("another run has had it meanwhile, or may begin now")
            + ". What this run has left is finished by the job's next run");
  }

  /** The ledger has ended the run, or does not know it any more. */
  static RunException ended(String runId) {
    return new RunException(
        Outcome.OVERLAP,
        false,
        "the lease of this job was lost: another process has ended run " + runId + " meanwhile");
  }
}
