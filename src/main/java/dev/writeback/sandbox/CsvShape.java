package dev.writeback.sandbox;

import java.nio.charset.StandardCharsets;

/**
 * How an export writes its fields. Public text tells of each of these; none is promised by Domo.
 *
 * @param nulls how a null is written
 * @param quotes which fields of the data are quoted; the header's are quoted only where needed
 * @param formulasEscaped whether an apostrophe is put before a text that looks like a formula,
 *     where the request does not say
 */
public record CsvShape(Nulls nulls, Quotes quotes, boolean formulasEscaped) {

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

  /** A shape that leaves formulas as they are. */
  public CsvShape(Nulls nulls, Quotes quotes) {
    this(nulls, quotes, false);
  }

  CsvShape withFormulasEscaped(boolean escaped) {
    return new CsvShape(nulls, quotes, escaped);
  }

  /** The field of a column of texts. */
  String text(String value) {
    boolean isFormula = value != null && !value.isEmpty() && "=+-@".indexOf(value.charAt(0)) >= 0;
    return field(formulasEscaped && isFormula ? "'" + value : value);
  }

  /** The field of a column of anything else. */
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
