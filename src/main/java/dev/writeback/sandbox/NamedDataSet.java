package dev.writeback.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;

/** A DataSet under another name than it had. */
record NamedDataSet(String name, DataSet original) implements DataSet {

  @Override
  public String id() {
    return original.id();
  }

  @Override
  public String description() {
    return original.description();
  }

  @Override
  public List<Column> columns() {
    return original.columns();
  }

  @Override
  public long rows() {
    return original.rows();
  }

  @Override
  public Iterator<String[]> iterator() {
    return original.iterator();
  }

  @Override
  public DataSet appended(int rows) {
    return new NamedDataSet(name, original.appended(rows));
  }

  @Override
  public void writeCsv(OutputStream out, CsvShape shape, long limit) throws IOException {
    original.writeCsv(out, shape, limit);
  }
}
