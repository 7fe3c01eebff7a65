package dev.writeback.domo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * How Domo's export of one DataSet writes its records, so that the rows of a query can be written
 * to the same bytes. Domo documents none of this, and its clients have met several ways; so it is
 * learned from the export's own beginning:
 *
 * <ul>
 *   <li>the header and the line end are the export's own;
 *   <li>null is as {@link NullText} finds, in the beginning or behind it;
 *   <li>all values are quoted where all of the beginning are, else those that need it: with a
 *       comma, a quote or a line end, those that would be taken for null, and the empty string
 *       unless it stands bare beside {@code \N};
 *   <li>a whole number of a LONG or DOUBLE column has no fraction, unless the column shows {@code
 *       .0} in the beginning. All other numbers have the digits of the query's answer, without an
 *       exponent.
 * </ul>
 *
 * <p>For one thread.
 */
final class ExportShape {

  /** Enough to meet a null, and no more than a few packets. */
  static final int SAMPLE_SIZE = 256 * 1024;

  private static final int MOST_DIGITS = 400;

  private final byte[] header;
  private final List<String> columns;
  private final boolean[] showsFraction;
  private final boolean quotesAll;
  private final NullText nulls;
  private final String lineEnd;
  private final CSVFormat quoted;
  private final CSVFormat bare;

  private ExportShape(
      CsvRecords records,
      boolean isCut,
      Supplier<InputStream> export,
      Function<String, Answer<Long>> emptyStrings)
      throws IOException {
    if (!records.next()) {
      throw new IOException("Domo sent an empty body, without the header that was asked for");
    }
    columns = List.copyOf(records.texts());
    lineEnd = records.endsWithReturn() ? "\r\n" : "\n";
    header = withLineEnd(records);
    showsFraction = new boolean[columns.size()];
    nulls = new NullText(columns, export, emptyStrings);
    while (records.next() && (records.isEnded() || !isCut)) {
      nulls.see(records);
      for (int field = 0; field < Math.min(records.fields(), columns.size()); field++) {
        showsFraction[field] |= records.text(field).endsWith(".0");
      }
    }
    quotesAll = nulls.allAreQuoted();
    CSVFormat.Builder format = CSVFormat.DEFAULT.builder().setRecordSeparator(lineEnd);
    quoted = format.setQuoteMode(QuoteMode.ALL).get();
    bare = format.setQuoteMode(null).setQuote(null).get();
  }

  /**
   * Reads the beginning of an export; closes nothing.
   *
   * @param export begins to read it once more, where its beginning has not told all
   * @param emptyStrings counts the empty strings of a column
   */
  static ExportShape learn(
      InputStream beginning,
      Supplier<InputStream> export,
      Function<String, Answer<Long>> emptyStrings)
      throws IOException {
    byte[] sample = beginning.readNBytes(SAMPLE_SIZE);
    return new ExportShape(
        new CsvRecords(new ByteArrayInputStream(sample)),
        sample.length == SAMPLE_SIZE,
        export,
        emptyStrings);
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
      String text = value == null ? nulls.text(types) : text(value, type, column);
      CSVFormat chosen = value != null && needsQuotes(text, types) ? quoted : bare;
      chosen.print(text, out, column == 0);
    }
    out.append(lineEnd);
  }

  private boolean needsQuotes(String text, List<String> types) throws IOException {
    return quotesAll
        || (text.isEmpty() && nulls.quotesEmpty(types))
        || (text.equals(NullText.BACKSLASH_N) && nulls.text(types).equals(NullText.BACKSLASH_N))
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
