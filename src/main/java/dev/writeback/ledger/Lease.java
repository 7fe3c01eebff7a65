package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A job that this component holds for an exchange. Thread-safe. */
final class Lease {

  private final String job;
  private final String runId;
  private final String exchangeId;
  private final Set<RunContext> runs = new LinkedHashSet<>();
  private Moment renewed;
  private Instant restsSince;
  private boolean held = true;
  private RunException lost;

  /** By two clocks: one that nobody sets, and one that goes on where a machine is suspended. */
  record Moment(long nanos, Instant time) {

    static Moment now() {
      return new Moment(System.nanoTime(), Instant.now());
    }

    Duration age() {
      Duration still = Duration.ofNanos(System.nanoTime() - nanos);
      Duration byTheClock = Duration.between(time, Instant.now());
      return still.compareTo(byTheClock) > 0 ? still : byTheClock;
    }
  }

  /**
   * @param runId the run that it was taken for
   * @param exchangeId the exchange that took it, and that ends it
   * @param taken before the ledger was asked for it
   */
  Lease(String job, String runId, String exchangeId, Moment taken) {
    this.job = job;
    this.runId = runId;
    this.exchangeId = exchangeId;
    this.renewed = taken;
  }

  boolean isOf(String exchange) {
    return exchangeId.equals(exchange);
  }

  boolean is(LeaseRecord record) {
    return job.equals(record.job()) && runId.equals(record.runId());
  }

  String job() {
    return job;
  }

  synchronized boolean isHeld() {
    return held;
  }

  /**
   * @param asked before the ledger was asked
   */
  synchronized void renewed(Moment asked) {
    renewed = asked;
  }

  /** How long ago the ledger last said for certain that nobody else has the job. */
  synchronized Duration unrenewed() {
    return renewed.age();
  }

  /** A run writes under it: its own, or one that is finished first. */
  synchronized void covers(RunContext run) {
    runs.add(run);
  }

  /**
   * Somebody else may have the job: breaks off all that is under way.
   *
   * @return false where it was given back before
   */
  boolean lose(RunException why) {
    List<RunContext> broken;
    synchronized (this) {
      if (!held) {
        return false;
      }
      held = false;
      lost = why;
      broken = List.copyOf(runs);
    }
    broken.forEach(run -> run.permit().withdraw(why));
    return true;
  }

  /** Why it was lost, or null. */
  synchronized RunException lost() {
    return lost;
  }

  /**
   * @return whether it was held until now
   */
  synchronized boolean end() {
    boolean before = held;
    held = false;
    return before;
  }

  /** An attempt begins. */
  synchronized void wake() {
    restsSince = null;
  }

  /** An attempt has failed; the next may come, or never. */
  synchronized void rest() {
    restsSince = Instant.now();
  }

  synchronized boolean restsLongerThan(Duration limit) {
    return restsSince != null && restsSince.plus(limit).isBefore(Instant.now());
  }
}
