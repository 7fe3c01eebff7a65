package dev.writeback.domo;

import java.time.Duration;

/**
 * When the next call of an account may go out: as often as the account states, not before Domo
 * wants to be called again, and after such a pause one by one for a while. Moments are of {@link
 * System#nanoTime}. Not thread-safe.
 *
 * <p>Domo publishes no limit. It has refused calls for too many with and without saying for how
 * long (https://github.com/openstax/domo/issues/142).
 */
final class CallPace {

  /** The pause where Domo does not say how long; it doubles while Domo goes on refusing. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private static final int MOST_DOUBLINGS = 5;

  /** Those who have waited together do not come back together. */
  private static final Duration STEP = Duration.ofMillis(250);

  private static final Duration CAUTION = Duration.ofMinutes(1);

  private final long spacing;
  private boolean called;
  private long last;
  private boolean limited;
  private long pausedUntil;
  private int refusals;

  /**
   * @param spacing from one call to the next, as the account states it
   */
  CallPace(Duration spacing) {
    this.spacing = spacing.toNanos();
  }

  /** How long a call has to wait now; zero or less where it may go. */
  Duration delay(long now) {
    long delay = called ? last + gap(now) - now : 0;
    return Duration.ofNanos(Math.max(delay, pause(now).toNanos()));
  }

  /** How long Domo still wants no call at all. */
  Duration pause(long now) {
    return limited && pausedUntil - now > 0 ? Duration.ofNanos(pausedUntil - now) : Duration.ZERO;
  }

  /** A call goes out. */
  void called(long now) {
    called = true;
    last = now;
  }

  /**
   * Domo has refused a call since there were too many.
   *
   * @param asked how long it wants none, or null
   */
  void limited(long now, Duration asked) {
    // What had gone out before the pause is refused with the first, and says nothing new.
    if (!limited || pausedUntil - now <= 0) {
      refusals++;
    }
    Duration pause =
        asked == null
            ? FIRST_PAUSE.multipliedBy(1L << Math.min(refusals - 1, MOST_DOUBLINGS))
            : asked;
    long until = now + pause.toNanos();
    if (!limited || until - pausedUntil > 0) {
      pausedUntil = until;
    }
    limited = true;
  }

  /** Domo has answered a call. */
  void answered(long now) {
    if (limited && pausedUntil - now <= 0) {
      refusals = 0;
    }
  }

  private long gap(long now) {
    boolean cautious = limited && now - pausedUntil < CAUTION.toNanos();
    return cautious ? Math.max(spacing, STEP.toNanos()) : spacing;
  }
}
