package dev.writeback.run;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Times and how long something takes, as all messages tell them. */
public final class TimeText {

  /**
   * Seconds always: {@link java.time.OffsetDateTime#toString} leaves those of a full minute out.
   */
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

  private TimeText() {}

  /** Such as {@code 2026-03-29T06:00:00-06:00}. */
  public static String of(Instant time, ZoneId zone) {
    return TO_THE_SECOND.format(time.atZone(zone).truncatedTo(ChronoUnit.SECONDS));
  }

  /** Such as {@code 26 h}, {@code 1 min 30 s} or {@code 200 ms}. */
  public static String of(Duration duration) {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("h", duration.toHours());
    units.put("min", (long) duration.toMinutesPart());
    units.put("s", (long) duration.toSecondsPart());
    units.put("ms", (long) duration.toMillisPart());
    String text =
        units.entrySet().stream()
            .filter(unit -> unit.getValue() != 0)
            .map(unit -> unit.getValue() + " " + unit.getKey())
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? "0 s" : text;
  }
}
