package dev.writeback.app;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A slot as a person types it: a date, a date and time in the job's zone, or either with an offset.
 * Gives an {@link Instant} or a {@link LocalDateTime}.
 */
final class SlotConverter implements ITypeConverter<Object> {

  private static final List<Function<String, Object>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          LocalDateTime::parse,
          text -> LocalDate.parse(text).atStartOfDay());

  @Override
  public Object convert(String text) {
    for (Function<String, Object> form : FORMS) {
      try {
        return form.apply(text.trim().replace(' ', 'T'));
      } catch (DateTimeParseException e) {
        continue;
      }
    }
    throw new TypeConversionException(
        "no date or time - '"
            + text
            + "' - such as 2026-03-29, 2026-03-29T06:00 (in the job's zone) or"
            + " 2026-03-29T06:00:00Z");
  }
}
