package dev.writeback.sandbox;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/** A small DataSet, held in memory. */
record TableDataSet(
    String id, String name, String description, List<Column> columns, List<String[]> table)
    implements DataSet {

  /**
   * Reads a CSV file that lies beside the classes. Where the file writes nothing between two commas
   * it means null, and where it writes {@code ""} the empty string.
   */
  static TableDataSet resource(
      String id, String name, String description, String file, List<Type> types) {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(TableDataSet.class.getResourceAsStream("data/" + file), file),
            StandardCharsets.UTF_8)) {
      return read(id, name, description, reader, types);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read the sandbox's own data " + file, e);
    }
  }

  /** Reads CSV as {@link #resource} does. */
  static TableDataSet read(String id, String name, String description, Reader csv, List<Type> types)
      throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setNullString("")
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .setIgnoreEmptyLines(false)
            .get();
    try (CSVParser parser = format.parse(csv)) {
      Iterator<CSVRecord> records = parser.iterator();
      List<Column> columns = new ArrayList<>();
      for (String column : records.next().values()) {
        columns.add(new Column(column, types.get(columns.size())));
      }
      List<String[]> table = new ArrayList<>();
      records.forEachRemaining(record -> table.add(record.values()));
      return new TableDataSet(id, name, description, List.copyOf(columns), table);
    }
  }

  /** The new rows are the old ones over again, with the next batch. */
  @Override
  public DataSet appended(int rows) {
    int batch = columns.stream().map(Column::name).toList().indexOf("_BATCH_ID_");
    long highest = 0;
    for (String[] row : table) {
      highest =
          batch < 0 || row[batch] == null ? highest : Math.max(highest, Long.parseLong(row[batch]));
    }
    List<String[]> grown = new ArrayList<>(table);
    for (int i = 0; i < rows; i++) {
      String[] row = table.get(i % table.size()).clone();
      if (batch >= 0) {
        row[batch] = String.valueOf(highest + 1);
      }
      grown.add(row);
    }
    return new TableDataSet(id, name, description, columns, grown);
  }

  @Override
  public long rows() {
    return table.size();
  }

  @Override
  public Iterator<String[]> iterator() {
    return table.iterator();
  }

  @Override
  public void writeCsv(OutputStream out, CsvShape shape, long limit) throws IOException {
    long left = limit;
    for (String[] row : table) {
      if (left-- == 0) {
        return;
      }
      out.write(line(row, shape));
    }
  }

  private byte[] line(String[] row, CsvShape shape) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(i == 0 ? "" : ",").append(field(i, row[i], shape));
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private String field(int column, String value, CsvShape shape) {
    return columns.get(column).type() == Type.STRING ? shape.text(value) : shape.field(value);
  }
}
