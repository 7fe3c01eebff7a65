package dev.writeback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT26H, 26 h",
    "PT10S, 10 s",
    "PT1M30S, 1 min 30 s",
    "PT0.2S, 200 ms",
    "PT1H0.001S, 1 h 1 ms",
    "PT0S, 0 s"
  })
  void tellsHowLong(Duration duration, String text) {
    assertThat(TimeText.of(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T06:00:00Z, America/Denver, 2026-03-29T00:00:00-06:00",
    "2026-03-29T06:01:02.345Z, UTC, 2026-03-29T06:01:02Z"
  })
  void tellsTheSecondsAlsoOfAFullMinute(Instant time, ZoneId zone, String text) {
    assertThat(TimeText.of(time, zone)).isEqualTo(text);
  }
}
