package dev.writeback.ledger;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The fire times of a cron in its zone, as Quartz understands it: six or seven fields, from the
 * seconds on. Thread-safe.
 *
 * <p>Where clocks go forward, a time that does not exist is passed over; where they go back, a time
 * that comes twice counts the second time alone. So does Quartz.
 */
public final class Schedule {

  /** No cron pauses for longer: the 29th of February comes back after eight years at the latest. */
  private static final Duration LONGEST_PAUSE = Duration.ofDays(9 * 366L);

  private static final Duration STEP = Duration.ofSeconds(1);

  private final CronExpression cron;

  /**
   * @throws IllegalArgumentException where the cron cannot be read
   */
  public Schedule(String cron, ZoneId zone) {
    try {
      this.cron = new CronExpression(cron);
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    this.cron.setTimeZone(TimeZone.getTimeZone(zone));
  }

  /** The first fire time after a moment; empty where none is left. */
  public Optional<Instant> next(Instant after) {
    return Optional.ofNullable(cron.getTimeAfter(Date.from(after))).map(Date::toInstant);
  }

  /** The last fire time that is not after a moment; empty where there was none. */
  public Optional<Instant> latest(Instant notAfter) {
    Duration back = STEP;
    while (!firesWithin(notAfter.minus(back), notAfter)) {
      if (back.compareTo(LONGEST_PAUSE) > 0) {
        return Optional.empty();
      }
      back = back.multipliedBy(2);
    }
    // It fires after `early`, and not after `late`; Quartz knows no way back.
    Instant early = notAfter.minus(back);
    Instant late = back.equals(STEP) ? notAfter : notAfter.minus(back.dividedBy(2));
    while (Duration.between(early, late).compareTo(STEP) > 0) {
      Instant middle = early.plus(Duration.between(early, late).dividedBy(2));
      if (firesWithin(middle, notAfter)) {
        early = middle;
      } else {
        late = middle;
      }
    }
    return next(early);
  }

  private boolean firesWithin(Instant after, Instant notAfter) {
    return next(after).filter(time -> !time.isAfter(notAfter)).isPresent();
  }
}
