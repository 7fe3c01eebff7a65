package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.Spec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The slots of a cron: {@code spec/slots.yaml}. */
class ScheduleTest {

  static Stream<Spec.Case> cases() {
    return Spec.cases("slots");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheSlots(Spec.Case row) {
    Schedule schedule = new Schedule(row.text("cron"), ZoneId.of(row.text("zone")));
    Instant at = OffsetDateTime.parse(row.text("at")).toInstant();
    assertThat(schedule.latest(at)).as("latest").isEqualTo(moment(row.text("latest")));
    assertThat(schedule.next(at)).as("next").isEqualTo(moment(row.text("next")));
  }

  private static Optional<Instant> moment(String text) {
    return "none".equals(text)
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(text).toInstant());
  }

  /** Every slot of two years, found from any moment until the next one. */
  @Test
  void findsTheLatestSlotWhateverTheClocksDo() {
    Schedule schedule = new Schedule("0 30 1,2 * * ?", ZoneId.of("America/Denver"));
    Instant slot = schedule.next(Instant.parse("2026-01-01T00:00:00Z")).orElseThrow();
    Instant end = Instant.parse("2028-01-01T00:00:00Z");
    while (slot.isBefore(end)) {
      Instant next = schedule.next(slot).orElseThrow();
      assertThat(schedule.latest(slot)).contains(slot);
      assertThat(schedule.latest(next.minusMillis(1))).contains(slot);
      slot = next;
    }
  }

  @Test
  void mustBeReadable() {
    assertThatThrownBy(() -> new Schedule("0 6 * * *", ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
