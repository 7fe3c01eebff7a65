package dev.writeback.app;

import dev.writeback.ledger.ObjectRecord;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * How a job of the running program stands.
 *
 * @param zone in which its times are told; null where nobody has stated one
 * @param next when the clock fires it next; null where it does not
 * @param running the attempt that is under way, or null
 * @param last the last run that has ended, or null
 * @param counts the last run that says how the job stands: one that succeeded, or that failed while
 *     nobody looked on; or null
 * @param complete the last run after which all that the job asks for was in S3, or null
 * @param stale how fresh its object is to be, where it is not; else null
 * @param open what was begun and has to be finished; a run that is under way is not among them
 */
record JobState(
    String job,
    Phase phase,
    ZoneId zone,
    Instant next,
    RunContext running,
    RunRecord last,
    RunRecord counts,
    RunRecord complete,
    Duration stale,
    List<RunRecord> open) {

  /** What a job does now. */
  enum Phase {
    RUNNING,
    /** It pauses before the next attempt of a run that has failed. */
    PAUSING,
    /** It waits for its time. */
    WAITING,
    /** It runs when somebody says so. */
    BY_HAND,
    /** Its route does not run. */
    STOPPED
  }

  ZoneId zoneOrUtc() {
    return zone == null ? ZoneOffset.UTC : zone;
  }

  /** When all that the job asks for was last in S3. */
  Optional<Instant> lastSuccess() {
    return Optional.ofNullable(complete).map(RunRecord::ended);
  }

  /** The object of the last complete run; empty where that had nothing to write. */
  Optional<ObjectRecord> lastObject() {
    return Optional.ofNullable(complete).map(RunRecord::object);
  }

  boolean isLastFailed() {
    return counts != null && !counts.isComplete();
  }
}
