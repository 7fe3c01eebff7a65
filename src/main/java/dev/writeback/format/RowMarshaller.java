package dev.writeback.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharsetEncoder;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvMarshaller;
import org.apache.camel.support.ObjectHelper;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * Writes rows that are collections; the first is the header. Camel's own marshaller first tries to
 * convert each row to a map, which is a hundred times the work; and it cannot write null and the
 * empty string apart. The quotes are those of commons-csv.
 */
final class RowMarshaller extends CsvMarshaller {

  private static final int BUFFER_SIZE = 64 * 1024;

  private final Dialect dialect;
  private final CSVFormat format;
  private final CSVFormat quoted;

  RowMarshaller(Dialect dialect) {
    this(dialect, format(dialect));
  }

  private RowMarshaller(Dialect dialect, CSVFormat format) {
    super(format);
    this.dialect = dialect;
    this.format = format;
    this.quoted = format.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get();
  }

  private static CSVFormat format(Dialect dialect) {
    boolean all = dialect.quoteMode() == dev.writeback.format.QuoteMode.ALL;
    LineEnd lineEnd = dialect.lineEnd() == LineEnd.AS_DOMO ? LineEnd.LF : dialect.lineEnd();
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(dialect.delimiter().character())
        .setQuote(dialect.hasQuote() ? (Character) (char) dialect.quote() : null)
        .setEscape(dialect.hasEscape() ? (Character) (char) dialect.escape() : null)
        .setQuoteMode(all ? QuoteMode.ALL_NON_NULL : QuoteMode.MINIMAL)
        .setRecordSeparator(lineEnd.characters())
        .get();
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws IOException {
    out.write(dialect.beginning());
    CharsetEncoder encoder = dialect.charset().newEncoder();
    try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, encoder), BUFFER_SIZE)) {
      CharsetEncoder judge = dialect.charset().newEncoder();
      Iterator<?> rows = ObjectHelper.createIterator(body);
      int columns = 0;
      for (long record = 1; rows.hasNext(); record++) {
        Collection<?> values = values(rows.next());
        columns = record == 1 ? values.size() : columns;
        if (record > 1 || dialect.header()) {
          print(values, record, columns, judge, writer);
        }
      }
    }
  }

  private void print(
      Collection<?> values, long record, int columns, CharsetEncoder judge, Writer writer)
      throws IOException {
    int field = 0;
    for (Object value : values) {
      if (field++ > 0) {
        writer.append(dialect.delimiter().character());
      }
      String text = value == null && dialect.nullIn() != NullIn.NONE ? null : text(value);
      if (columns == 1 || values.size() > 1 || !isEmptyLine(text)) {
        print(text, new Place(record, field), judge, writer);
      }
    }
    format.println(writer);
  }

  /** Of a record's only field. Where nothing bare is null, a quoted nothing looks the same. */
  private boolean isEmptyLine(String text) {
    return text == null || text.isEmpty() && dialect.nullIn() != NullIn.EMPTY;
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private void print(String text, Place place, CharsetEncoder judge, Writer writer)
      throws IOException {
    boolean isHeader = place.record() == 1;
    if (text == null) {
      writer.append(isHeader ? "" : dialect.nullText());
      return;
    }
    check(text, place, judge);
    boolean readAsNull = dialect.nullIn() != NullIn.NONE && text.equals(dialect.nullText());
    if (dialect.hasQuote()) {
      (readAsNull ? quoted : format).print(text, writer, true);
    } else if (readAsNull && !isHeader && text.indexOf(dialect.escape()) < 0) {
      throw UnwritableValueException.nullText(place);
    } else {
      printPlain(text, place, writer);
    }
  }

  private static void check(String text, Place place, CharsetEncoder judge) {
    if (!judge.canEncode(text)) {
      int unmappable =
          text.codePoints()
              .filter(codePoint -> !judge.canEncode(Character.toString(codePoint)))
              .findFirst()
              .orElseThrow();
      throw UnwritableValueException.character(place, unmappable, judge.charset().name());
    }
  }

  /** Without quotes commons-csv would write a line end as a letter, which few programs read. */
  private void printPlain(String text, Place place, Writer writer) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == dialect.delimiter().character()
          || next == '\r'
          || next == '\n'
          || next == dialect.escape()) {
        if (!dialect.hasEscape()) {
          throw UnwritableValueException.separator(place);
        }
        writer.append((char) dialect.escape());
      }
      writer.append(next);
    }
  }

  private static Collection<?> values(Object row) {
    if (row instanceof Collection<?> values) {
      return values;
    }
    throw new IllegalArgumentException(
        "domoCsv writes rows that are lists of values; a row is a "
            + (row == null ? "null" : row.getClass().getName())
            + ".");
  }

  @Override
  protected Iterable<?> getMapRecordValues(Map<?, ?> map) {
    return map.values();
  }
}
