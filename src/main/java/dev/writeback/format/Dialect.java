package dev.writeback.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How records are written as delimited text, and what Domo's text means.
 *
 * @param quote stands around a field; {@link Characters#NONE} for none
 * @param escape stands before a quote in a field, and before itself; without quotes also before
 *     delimiters and line ends. {@link Characters#NONE} to double the quote instead
 * @param header whether the first record, the columns' names, is written
 * @param nullText stands for a null, never in quotes
 * @param nullIn what stands for a null in Domo's text
 * @param byteOrderMark whether the text begins with U+FEFF
 */
record Dialect(
    Delimiter delimiter,
    int quote,
    int escape,
    QuoteMode quoteMode,
    boolean header,
    String nullText,
    NullIn nullIn,
    LineEnd lineEnd,
    Charset charset,
    boolean byteOrderMark) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Whether records keep their bytes, but for the delimiter. */
  boolean changesDelimiterOnly() {
    return quote == '"'
        && escape == Characters.NONE
        && quoteMode == QuoteMode.AS_DOMO
        && nullText.equals(nullIn == NullIn.NONE ? "" : nullIn.text())
        && lineEnd == LineEnd.AS_DOMO
        && charset.equals(StandardCharsets.UTF_8);
  }

  boolean hasQuote() {
    return quote != Characters.NONE;
  }

  boolean hasEscape() {
    return escape != Characters.NONE;
  }

  /** What the text begins with, in its charset; may be nothing. */
  byte[] beginning() {
    return (byteOrderMark ? BYTE_ORDER_MARK : "").getBytes(charset);
  }

  /**
   * What in it contradicts itself, each as {@code option - what is wrong - the values - what would
   * be right}.
   */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    char separator = delimiter.character();
    if (quote == separator || escape == separator || hasQuote() && quote == escape) {
      problems.add(
          (quote == separator ? "quote" : "escape")
              + " - the same character as the "
              + (quote == separator || escape == separator ? "delimiter" : "quote")
              + " - "
              + values()
              + " - choose three characters");
    }
    if (quoteMode != QuoteMode.AS_DOMO && !hasQuote()) {
      problems.add(
          "quoteMode - there is no quote - '"
              + quoteMode.name().toLowerCase(Locale.ROOT)
              + "' - leave it out, or choose a quote");
    }
    checkNullText(problems);
    checkCharset(problems);
    return problems;
  }

  private void checkNullText(List<String> problems) {
    String wrong = null;
    if (nullText.indexOf(delimiter.character()) >= 0) {
      wrong = "holds the delimiter";
    } else if (hasQuote() && nullText.indexOf(quote) >= 0) {
      wrong = "holds the quote";
    } else if (hasEscape() && nullText.indexOf(escape) >= 0 && !isEscaped(nullText)) {
      wrong = "holds the escape, which may only stand before its one other character";
    } else if (nullText.chars().anyMatch(Character::isISOControl)) {
      wrong = "holds a control character";
    } else if (!charset.newEncoder().canEncode(nullText)) {
      wrong = "cannot be written in " + charset.name();
    }
    if (wrong != null) {
      problems.add(
          "nullText - " + wrong + " - '" + nullText + "', " + values() + " - such as \\N or NULL");
    }
    if (nullIn == NullIn.NONE && !nullText.isEmpty()) {
      problems.add(
          "nullText - nothing is null with nullIn none - '"
              + nullText
              + "' - leave one of them out");
    }
  }

  /** As {@code \N} is with a backslash: no value is ever written so. */
  private boolean isEscaped(String text) {
    return text.length() == 2 && text.charAt(0) == escape && text.charAt(1) != escape;
  }

  private void checkCharset(List<String> problems) {
    if (byteOrderMark && !charset.newEncoder().canEncode(BYTE_ORDER_MARK)) {
      problems.add(
          "byteOrderMark - this charset has none - '"
              + charset.name()
              + "' - leave it out, or choose UTF-8, UTF-16LE or UTF-16BE");
    }
    if ("aa".getBytes(charset).length != 2 * "a".getBytes(charset).length) {
      problems.add(
          "charset - writes a byte order mark unasked - '"
              + charset.name()
              + "' - name the order, as in UTF-16LE, and ask for the mark by byteOrderMark");
    }
  }

  private String values() {
    return "delimiter '"
        + delimiter.character()
        + "', quote "
        + shown(quote)
        + ", escape "
        + shown(escape);
  }

  private static String shown(int character) {
    return character == Characters.NONE ? "none" : "'" + (char) character + "'";
  }
}
