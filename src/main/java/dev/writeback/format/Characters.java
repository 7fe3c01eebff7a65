package dev.writeback.format;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The characters that quote or escape, by their names. */
final class Characters {

  /** No character. */
  static final int NONE = -1;

  private static final Map<String, Integer> QUOTES = new LinkedHashMap<>();
  private static final Map<String, Integer> ESCAPES = new LinkedHashMap<>();

  static {
    QUOTES.put("double", (int) '"');
    QUOTES.put("single", (int) '\'');
    QUOTES.put("none", NONE);
    QUOTES.put("backtick", (int) '`');
    QUOTES.put("pipe", (int) '|');
    QUOTES.put("caret", (int) '^');
    QUOTES.put("tilde", (int) '~');
    ESCAPES.put("none", NONE);
    ESCAPES.put("backslash", (int) '\\');
    ESCAPES.put("slash", (int) '/');
    ESCAPES.put("caret", (int) '^');
    ESCAPES.put("tilde", (int) '~');
  }

  private Characters() {}

  /**
   * @throws IllegalArgumentException for anything but a name or an ASCII punctuation mark
   */
  static int quote(String text) {
    return of("quote", text, QUOTES);
  }

  /**
   * @throws IllegalArgumentException for anything but a name or an ASCII punctuation mark
   */
  static int escape(String text) {
    return of("escape", text, ESCAPES);
  }

  private static int of(String option, String text, Map<String, Integer> names) {
    Integer named = names.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    if (text.length() != 1 || !isPunctuation(text.charAt(0))) {
      throw new IllegalArgumentException(
          option
              + " - not possible - '"
              + text
              + "' - it is one of "
              + String.join(", ", names.keySet())
              + ", or one ASCII punctuation mark");
    }
    return text.charAt(0);
  }

  private static boolean isPunctuation(char character) {
    return character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
  }
}
