package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.run.TimeText;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives up a run that was left open: the job's next run does not finish it first any more. The
 * watermark stays where it is, so that the rows of its range are the next run's; unless its object
 * was found, which ends the run as done. Asked of {@link LedgerComponent#abandonment}.
 */
public final class Abandonment {

  private final LedgerStore store;
  private final Holder holder;

  Abandonment(LedgerStore store, Holder holder) {
    this.store = store;
    this.holder = holder;
  }

  /**
   * Its object is not there, or nobody can tell.
   *
   * @param why in a clause, kept as the run's error
   * @throws RunException with {@link Outcome#OVERLAP} where a run of the job is under way
   */
  public void giveUp(RunRecord left, String why) {
    end(left, run -> run.givenUp(why, Instant.now()));
  }

  /**
   * Its object is there.
   *
   * @throws RunException with {@link Outcome#OVERLAP} where a run of the job is under way
   */
  public void foundDone(RunRecord left, String eTag, String versionId) {
    end(left, run -> run.foundDone(eTag, versionId, Instant.now()));
  }

  private void end(RunRecord left, Function<RunRecord, RunRecord> ending) {
    Optional<LeaseRecord> other = store.leases().take(left.job(), left.id(), holder);
    if (other.isPresent()) {
      throw new RunException(
          Outcome.OVERLAP,
          false,
          "run "
              + other.get().runId()
              + " of job "
              + left.job()
              + " is under way since "
              + TimeText.of(other.get().since(), left.zone())
              + ", and may be finishing what was left: stop it first, or wait until it has ended");
    }
    try {
      store.openIntents(left.job()).stream()
          .filter(open -> open.id().equals(left.id()))
          .map(ending)
          .forEach(store::save);
    } finally {
      store.leases().release(left.job(), holder);
    }
  }
}
