package dev.writeback.job;

import dev.writeback.ledger.Schedule;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Two fire times of a job whose objects have the same key.
 *
 * @param first the earlier one
 * @param second the later one
 */
record SharedKey(ZonedDateTime first, ZonedDateTime second, String key) {

  /** A fixed time, so that a file is found right or wrong whenever it is read. */
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  private static final int IN_A_ROW = 100;

  /** How long after a fire time a date without its year, its month, and so on, comes back. */
  private static final List<Period> COME_BACK =
      List.of(
          Period.ofDays(1),
          Period.ofWeeks(1),
          Period.ofMonths(1),
          Period.ofYears(1),
          Period.ofYears(100));

  /**
   * Looks at fire times one after another, and at those that a shortened date may confuse. (The
   * hour that comes twice in autumn is none of Quartz's: it fires in the second one alone.)
   *
   * @param keys the key of a fire time
   */
  static Optional<SharedKey> among(
      List<Schedule> schedules, ZoneId zone, Function<Instant, String> keys) {
    List<Instant> times = inARow(schedules, FROM);
    for (Instant time : List.copyOf(times)) {
      for (Period period : COME_BACK) {
        Instant back = time.atZone(zone).plus(period).toInstant();
        next(schedules, back.minusSeconds(1)).ifPresent(times::add);
      }
    }
    Map<String, Instant> seen = new HashMap<>();
    for (Instant time : times.stream().distinct().sorted().toList()) {
      String key = keys.apply(time);
      Instant first = seen.putIfAbsent(key, time);
      if (first != null) {
        return Optional.of(new SharedKey(first.atZone(zone), time.atZone(zone), key));
      }
    }
    return Optional.empty();
  }

  private static List<Instant> inARow(List<Schedule> schedules, Instant from) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> time = next(schedules, from);
    while (time.isPresent() && times.size() < IN_A_ROW) {
      times.add(time.get());
      time = next(schedules, time.get());
    }
    return times;
  }

  private static Optional<Instant> next(List<Schedule> schedules, Instant after) {
    return schedules.stream()
        .flatMap(schedule -> schedule.next(after).stream())
        .min(Instant::compareTo);
  }

  @Override
  public String toString() {
    return first.toOffsetDateTime() + " and " + second.toOffsetDateTime() + " both have " + key;
  }
}
