package dev.writeback.s3;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as an operator writes them: {@code 8MiB}, {@code 512 KiB}, {@code 1GB}. KiB, MiB and GiB
 * are powers of 1024, KB, MB and GB powers of 1000; a bare number is bytes.
 */
final class ByteSize {

  static final long MIB = 1024 * 1024;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "kib",
          1024L,
          "mib",
          MIB,
          "gib",
          1024 * MIB,
          "kb",
          1000L,
          "mb",
          1_000_000L,
          "gb",
          1_000_000_000L);

  private ByteSize() {}

  /**
   * @param option the option's name, for the message
   * @throws IllegalArgumentException if the text is not a size
   */
  static long parse(String option, String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    Long unit = matcher.matches() ? UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          option + " is not a size: '" + text + "'. Write it like 8MiB, 512KiB or 1GiB");
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }

  /** The size in the largest unit of 1024 that leaves at least 1, with at most one decimal. */
  static String text(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    String number = String.format(Locale.ROOT, "%.1f", value);
    return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number)
        + " "
        + units[unit];
  }
}
