package dev.writeback.app;

import dev.writeback.run.RunRequest;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A batch as a person types it: its number, or {@code start} for what lies before all of them. */
final class BatchConverter implements ITypeConverter<Long> {

  private static final String START = "start";

  @Override
  public Long convert(String text) {
    try {
      return text.equalsIgnoreCase(START) ? RunRequest.BEFORE_ALL : Long.valueOf(text.trim());
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "no _BATCH_ID_ - '" + text + "' - a whole number such as 41, or start for all rows");
    }
  }
}
