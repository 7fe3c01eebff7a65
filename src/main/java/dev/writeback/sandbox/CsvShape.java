package dev.writeback.sandbox;

import java.nio.charset.StandardCharsets;

/**
 * How an export writes its fields. Public text tells of each of these; none is promised by Domo.
 *
 * @param nulls how a null is written
 * @param quotes which fields of the data are quoted; the header's are quoted only where needed
 */
public record CsvShape(Nulls nulls, Quotes quotes) {

  /** How a null is written. */
  public enum Nulls {
    /** Nothing between the commas; the empty string is then {@code ""}. */
    EMPTY,
    /** The two characters that Domo's own R client reads and writes for it. */
    BACKSLASH_N
  }

  /** Which fields are quoted. */
  public enum Quotes {
    WHERE_NEEDED,
    ALL
  }

  /** Bare empty nulls, quotes where they are needed: Domo's documented example. */
  public static final CsvShape DEFAULT = new CsvShape(Nulls.EMPTY, Quotes.WHERE_NEEDED);

  String field(String value) {
    if (value == null) {
      return nulls == Nulls.EMPTY ? "" : "\\N";
    }
    boolean needed =
        quotes == Quotes.ALL
            || value.indexOf(',') >= 0
            || value.indexOf('"') >= 0
            || value.indexOf('\n') >= 0
            || value.indexOf('\r') >= 0
            || (value.isEmpty() && nulls == Nulls.EMPTY);
    return needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }

  byte[] bytes(String value) {
    return field(value).getBytes(StandardCharsets.UTF_8);
  }
}
