package dev.writeback.format;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What stands between two fields of a record: one ASCII character that is neither a quote nor a
 * line end.
 */
public record Delimiter(char character) {

  /** What Domo writes. */
  public static final Delimiter COMMA = new Delimiter(',');

  private static final Map<String, Character> NAMES = names();

  /**
   * @throws IllegalArgumentException for a character that cannot delimit
   */
  public Delimiter {
    if (character > 0x7F || character == '"' || character == '\r' || character == '\n') {
      throw refused(String.valueOf(character));
    }
  }

  /**
   * @param text a name ({@code comma}, {@code tab}, {@code pipe}, ..., in any case) or the
   *     character itself
   * @throws IllegalArgumentException for anything else; the message lists the names
   */
  public static Delimiter of(String text) {
    Character named = NAMES.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return new Delimiter(named);
    }
    if (text.length() != 1) {
      throw refused(text);
    }
    return new Delimiter(text.charAt(0));
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "delimiter is '"
            + printable(text)
            + "'; it must be one of "
            + NAMES.keySet()
            + " or a single ASCII character other than a double quote, CR and LF.");
  }

  private static String printable(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }

  private static Map<String, Character> names() {
    // Besides the usual ones, those that a Camel URI does not carry as themselves.
    Map<String, Character> names = new LinkedHashMap<>();
    names.put("comma", ',');
    names.put("tab", '\t');
    names.put("pipe", '|');
    names.put("semicolon", ';');
    names.put("colon", ':');
    names.put("space", ' ');
    names.put("caret", '^');
    names.put("tilde", '~');
    names.put("hash", '#');
    names.put("percent", '%');
    names.put("ampersand", '&');
    names.put("plus", '+');
    names.put("soh", '\u0001');
    names.put("us", '\u001F');
    return names;
  }
}
