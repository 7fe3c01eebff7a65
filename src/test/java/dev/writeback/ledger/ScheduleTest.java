package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.Spec;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    if (row.has("next")) {
      assertThat(schedule.next(at)).as("next").isEqualTo(moment(row.text("next")));
    }
  }

  private static Optional<Instant> moment(String text) {
    return "none".equals(text)
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(text).toInstant());
  }

  /** Every slot of a winter, found from any moment until the next one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 30 1,2 * * ?",
        "0 0 * * * ?",
        "0 15,45 1-2 * * ?",
        "0 0 6 * * ?",
        "0 0 0/2 * * ?"
      })
  void findsTheLatestSlotWhateverTheClocksDo(String cron) {
    Schedule schedule = new Schedule(cron, ZoneId.of("America/Denver"));
    Instant slot = schedule.next(Instant.parse("2026-10-01T00:00:00Z")).orElseThrow();
    Instant end = Instant.parse("2027-04-01T00:00:00Z");
    while (slot.isBefore(end)) {
      Instant next = schedule.next(slot).orElseThrow();
      assertThat(schedule.latest(slot)).contains(slot);
      assertThat(schedule.latest(next.minusMillis(1))).contains(slot);
      Instant middle = slot.plus(Duration.between(slot, next).dividedBy(2));
      assertThat(schedule.latest(middle)).contains(slot);
      slot = next;
    }
  }

  @Test
  void mustBeReadable() {
    assertThatThrownBy(() -> new Schedule("0 6 * * *", ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
