package dev.writeback.job;

import dev.writeback.ledger.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A job of the files that have been read.
 *
 * @param id of its route
 * @param place where the route stands
 * @param zone of its schedules; null where there is none
 * @param schedules those of its crons that can be read
 */
public record CheckedJob(String id, Place place, ZoneId zone, List<Times> schedules) {

  /** The fire times of a cron in its zone. */
  record Times(Schedule schedule, ZoneId zone) {

    private Stream<ZonedDateTime> next(Instant after, int most) {
      return Stream.iterate(schedule.next(after), next -> next.flatMap(schedule::next))
          .takeWhile(next -> next.isPresent())
          .limit(most)
          .map(next -> next.orElseThrow().atZone(zone));
    }
  }

  /** When it will be fired next; nothing where only a call or an interval does it. */
  public List<ZonedDateTime> next(Instant after, int most) {
    return schedules.stream()
        .flatMap(times -> times.next(after, most))
        .sorted()
        .distinct()
        .limit(most)
        .toList();
  }
}
