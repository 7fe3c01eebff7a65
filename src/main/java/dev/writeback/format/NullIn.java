package dev.writeback.format;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What stands for a null in Domo's text; always without quotes. Domo documents the first for its
 * import ("Format data to import"); its own R client reads exports with the second.
 */
public enum NullIn {
  /** Nothing; the empty string is then {@code ""}. */
  EMPTY("empty", ""),
  /** A backslash and an N; the empty string may then be nothing. */
  BACKSLASH_N("\\N", "\\N"),
  /** Nothing does: whatever stands in the text is a text. */
  NONE("none", null);

  private final String option;
  private final String text;

  NullIn(String option, String text) {
    this.option = option;
    this.text = text;
  }

  /** The text for a null, or null where there is none. */
  String text() {
    return text;
  }

  /**
   * @param option {@code empty}, {@code \N} or {@code none}
   * @throws IllegalArgumentException for anything else
   */
  static NullIn of(String option) {
    return Arrays.stream(values())
        .filter(one -> one.option.equals(option))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nullIn - no such choice - '"
                        + option
                        + "' - one of "
                        + Arrays.stream(values())
                            .map(one -> one.option)
                            .collect(Collectors.joining(", "))));
  }

  /** Whether an unquoted field of these bytes is a null. */
  boolean matches(byte[] bytes, int start, int end) {
    return switch (this) {
      case EMPTY -> start == end;
      case BACKSLASH_N -> end - start == 2 && bytes[start] == '\\' && bytes[start + 1] == 'N';
      case NONE -> false;
    };
  }
}
