package dev.writeback.blackbox;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What JSON lines should be of an export of the sandbox's generated rows: made by FastCSV. */
final class ExportAsJson {

  private static final Set<String> NUMBERS = Set.of("order_id", "quantity", "amount", "_BATCH_ID_");

  private ExportAsJson() {}

  static InputStream of(InputStream export) {
    StringBuilder lines = new StringBuilder();
    List<String> columns = new ArrayList<>();
    CsvReader.builder()
        .build(new Record(), new InputStreamReader(export, StandardCharsets.UTF_8))
        .forEach(
            values -> {
              if (columns.isEmpty()) {
                columns.addAll(values);
              } else {
                lines.append(line(columns, values));
              }
            });
    return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String line(List<String> columns, List<String> values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      boolean plain = value == null || NUMBERS.contains(columns.get(i));
      line.append(i == 0 ? '{' : ',')
          .append(quoted(columns.get(i)))
          .append(':')
          .append(plain ? value : quoted(value));
    }
    return line.append("}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** The values of a row; nothing between two commas is null. */
  private static final class Record extends AbstractBaseCsvCallbackHandler<List<String>> {

    private final List<String> values = new ArrayList<>();

    @Override
    protected void handleBegin(long startingLineNumber) {
      values.clear();
    }

    @Override
    protected void handleField(
        int fieldIndex, char[] buffer, int offset, int length, boolean quoted) {
      values.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
    }

    @Override
    protected List<String> buildRecord() {
      return new ArrayList<>(values);
    }
  }
}
