package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** A slot as a person types it. */
class SlotConverterTest {

  private final SlotConverter converter = new SlotConverter();

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T06:00:00Z, 2026-03-29T06:00:00Z",
    "2026-03-29T06:00Z, 2026-03-29T06:00:00Z",
    "2026-03-29T06:00:00-06:00, 2026-03-29T12:00:00Z",
    "2026-03-29 06:00:00+02:00, 2026-03-29T04:00:00Z",
    "2026-03-29T06:00:00.250Z, 2026-03-29T06:00:00.250Z"
  })
  void withAnOffsetIsAMoment(String typed, Instant moment) {
    assertThat(converter.convert(typed)).isEqualTo(moment);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T06:00, 2026-03-29T06:00",
    "2026-03-29 06:00, 2026-03-29T06:00",
    "2026-03-29T06:00:07, 2026-03-29T06:00:07",
    "' 2026-03-29 ', 2026-03-29T00:00",
    "2026-03-29, 2026-03-29T00:00"
  })
  void withoutOneIsInTheJobsZone(String typed, LocalDateTime local) {
    assertThat(converter.convert(typed)).isEqualTo(local);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "today", "29.03.2026", "2026-3-29", "2026-02-30", "2026-03-29T25:00", "06:00"})
  void mustBeADateOrATime(String typed) {
    assertThatThrownBy(() -> converter.convert(typed))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("no date or time - '" + typed + "' - such as 2026-03-29");
  }

  @Test
  void isSaidOnTheCommandLine() {
    assertThat(Program.execute("run", "job", "--at", "today")).isEqualTo(2);
  }
}
