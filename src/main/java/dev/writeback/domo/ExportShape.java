package dev.writeback.domo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * How Domo's export of one DataSet writes its records, so that the rows of a query can be written
 * to the same bytes. Domo documents none of this, and its clients have met several ways; so it is
 * learned from the export's own beginning:
 *
 * <ul>
 *   <li>the header and the line end are the export's own;
 *   <li>null is {@code \N} where that stands unquoted in the beginning, nothing where it does not;
 *   <li>all values are quoted where all of the beginning are, else those that need it: with a
 *       comma, a quote or a line end, those that would be taken for null, and the empty string
 *       unless it stands bare beside {@code \N};
 *   <li>a whole number of a LONG or DOUBLE column has no fraction, unless the column shows {@code
 *       .0} in the beginning. All other numbers have the digits of the query's answer, without an
 *       exponent.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
final class ExportShape {

  /** Enough to meet a null, and no more than a few packets. */
  static final int SAMPLE_SIZE = 256 * 1024;

  private static final String NULL = "\\N";
  private static final int MOST_DIGITS = 400;

  private final byte[] header;
  private final List<String> columns;
  private final boolean[] showsFraction;
  private final boolean quotesEmpty;
  private final boolean quotesAll;
  private final String nullText;
  private final String lineEnd;
  private final CSVFormat quoted;
  private final CSVFormat bare;

  private ExportShape(CsvRecords records, boolean isCut) throws IOException {
    if (!records.next()) {
      throw new IOException("Domo sent an empty body, without the header that was asked for");
    }
    columns = List.copyOf(records.texts());
    lineEnd = records.endsWithReturn() ? "\r\n" : "\n";
    header = withLineEnd(records);
    showsFraction = new boolean[columns.size()];
    boolean hasNullText = false;
    boolean hasQuotedEmpty = false;
    boolean hasQuoted = false;
    boolean hasBare = false;
    while (records.next() && (records.isEnded() || !isCut)) {
      for (int field = 0; field < Math.min(records.fields(), columns.size()); field++) {
        String text = records.text(field);
        boolean isQuoted = records.isQuoted(field);
        showsFraction[field] |= text.endsWith(".0");
        hasQuoted |= isQuoted;
        hasQuotedEmpty |= isQuoted && text.isEmpty();
        hasNullText |= !isQuoted && text.equals(NULL);
        hasBare |= !isQuoted && !text.isEmpty() && !text.equals(NULL);
      }
    }
    quotesAll = hasQuoted && !hasBare;
    nullText = hasNullText ? NULL : "";
    quotesEmpty = !hasNullText || hasQuotedEmpty;
    CSVFormat.Builder format =
        CSVFormat.DEFAULT.builder().setNullString(nullText).setRecordSeparator(lineEnd);
    quoted = format.setQuoteMode(QuoteMode.ALL_NON_NULL).get();
    bare = format.setQuoteMode(null).setQuote(null).get();
  }

  /** Reads the beginning of an export; closes nothing. */
  static ExportShape learn(InputStream export) throws IOException {
    byte[] sample = export.readNBytes(SAMPLE_SIZE);
    return new ExportShape(
        new CsvRecords(new ByteArrayInputStream(sample)), sample.length == SAMPLE_SIZE);
  }

  /** The header's bytes as the export has them, with a line end. */
  byte[] header() {
    return header.clone();
  }

  private static byte[] withLineEnd(CsvRecords records) {
    byte[] bytes = records.bytes();
    if (records.isEnded()) {
      return bytes;
    }
    byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
    ended[bytes.length] = '\n';
    return ended;
  }

  List<String> columns() {
    return columns;
  }

  /**
   * Writes one row with its line end.
   *
   * @param types the columns' types in Domo's words; may be shorter than the row
   */
  void print(List<Object> row, List<String> types, Appendable out) throws IOException {
    for (int column = 0; column < row.size(); column++) {
      String type = column < types.size() ? types.get(column) : "";
      Object value = row.get(column);
      String text = value == null ? null : text(value, type, column);
      CSVFormat chosen = text != null && needsQuotes(text) ? quoted : bare;
      chosen.print(text, out, column == 0);
    }
    out.append(lineEnd);
  }

  private boolean needsQuotes(String text) {
    return quotesAll
        || (text.isEmpty() ? quotesEmpty : text.equals(nullText))
        || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
  }

  private String text(Object value, String type, int column) {
    if (!(value instanceof BigDecimal || value instanceof BigInteger)) {
      return value.toString();
    }
    BigDecimal number = new BigDecimal(value.toString());
    if (Math.abs((long) number.scale()) > MOST_DIGITS) {
      return value.toString();
    }
    boolean isWhole = number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    return switch (type) {
      case "LONG" -> isWhole ? number.toBigInteger().toString() : number.toPlainString();
      case "DOUBLE" ->
          isWhole
              ? number.toBigInteger() + (showsFraction[column] ? ".0" : "")
              : number.toPlainString();
      default -> number.toPlainString();
    };
  }
}
