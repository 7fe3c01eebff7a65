package dev.writeback.run;

import java.util.Locale;

/**
 * Text that others have written, as an operator reads it in a log, a message or a table: it stays
 * in its line, and every character of it is seen. The bytes that are written and the names in S3
 * are not concerned.
 */
public final class OneLine {

  private static final int NO_CHARACTER = 0xFFFE;

  private OneLine() {}

  /**
   * The text with a space for each tab and each character that ends a line for some reader (U+0085,
   * U+2028 too), and with {@code <U+202E>}, for example, for every other control character, for
   * what turns the direction of the text around it, and for what is no character. Null of null.
   */
  public static String of(String text) {
    if (text == null || text.codePoints().allMatch(OneLine::isPlain)) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(
            character -> {
              if (isPlain(character)) {
                line.appendCodePoint(character);
              } else {
                line.append(endsLine(character) ? " " : named(character));
              }
            });
    return line.toString();
  }

  /** Whether the character stays as it is. */
  public static boolean isPlain(int character) {
    return isSeen(character) && !turnsText(character);
  }

  /** Whether it is a character of a text, and neither a control nor the end of a line. */
  static boolean isSeen(int character) {
    return !Character.isISOControl(character)
        && (character & NO_CHARACTER) != NO_CHARACTER
        && switch (Character.getType(character)) {
          case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  private static boolean endsLine(int character) {
    return character >= '\t' && character <= '\r'
        || character == 0x85
        || character == 0x2028
        || character == 0x2029;
  }

  /** Unicode's property Bidi_Control, of which Java knows a part only. */
  private static boolean turnsText(int character) {
    return character == 0x061C
        || character == 0x200E
        || character == 0x200F
        || character >= 0x202A && character <= 0x202E
        || character >= 0x2066 && character <= 0x2069;
  }

  private static String named(int character) {
    return String.format(Locale.ROOT, "<U+%04X>", character);
  }
}
