package dev.writeback.run;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What may be asked of the run that an exchange begins, each as an exchange property. Without them
 * it is a run of the job's schedule, for the time at which that has fired.
 */
public final class RunRequest {

  /**
   * The slot that somebody asked for: an {@link Instant}, or a {@link java.time.LocalDateTime} in
   * the job's zone.
   */
  public static final String SLOT = "writebackSlot";

  /** The trigger's {@link ZoneId}, where its route did not fire. */
  public static final String TRIGGER_ZONE = "writebackTriggerZone";

  /** {@code true} where a person runs the job and looks on: such a run is not repeated. */
  public static final String BY_HAND = "writebackByHand";

  /**
   * A {@link java.util.function.Consumer} that is told each run which the exchange begins, or
   * finishes first, before anything is logged of it; it may be told the same one again.
   */
  public static final String OBSERVER = "writebackObserver";

  /**
   * {@code true} where {@link #SLOT} is a time of the job's schedule, such as one that was missed,
   * and not one that a person chose. Only such slots count as the last that the job has had.
   */
  public static final String SCHEDULED = "writebackScheduled";

  /**
   * The batch (a {@link Long}) after which a backfill begins: the run writes every later batch,
   * whatever earlier runs have written.
   */
  public static final String SINCE = "writebackSince";

  /**
   * A value of {@link #SINCE}: the backfill begins before the first batch, and has the rows too
   * that have no batch.
   */
  public static final Long BEFORE_ALL = Long.MIN_VALUE;

  private RunRequest() {}
}
