package dev.writeback.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvMarshaller;
import org.apache.camel.support.ObjectHelper;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * Writes rows that are collections. Camel's own marshaller first tries to convert each row to a
 * map, which is a hundred times the work; and it cannot write null and the empty string apart.
 */
final class RowMarshaller extends CsvMarshaller {

  private static final int BUFFER_SIZE = 64 * 1024;

  private final CSVFormat format;
  private final CSVFormat quoted;

  RowMarshaller(CSVFormat format) {
    super(format);
    this.format = format;
    this.quoted = format.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get();
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws IOException {
    try (Writer writer =
        new BufferedWriter(
            new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder()), BUFFER_SIZE)) {
      Iterator<?> rows = ObjectHelper.createIterator(body);
      while (rows.hasNext()) {
        print(values(rows.next()), writer);
      }
    }
  }

  private void print(Collection<?> values, Writer writer) throws IOException {
    boolean first = true;
    for (Object value : values) {
      CSVFormat chosen = "".equals(value) ? quoted : format;
      chosen.print(value, writer, first);
      first = false;
    }
    format.println(writer);
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
