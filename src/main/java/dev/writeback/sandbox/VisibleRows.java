package dev.writeback.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A DataSet whose last rows a policy (PDP) hides. */
record VisibleRows(DataSet whole, long rows) implements DataSet {

  @Override
  public String id() {
    return whole.id();
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public String description() {
    return whole.description();
  }

  @Override
  public List<Column> columns() {
    return whole.columns();
  }

  @Override
  public Iterator<String[]> iterator() {
    Iterator<String[]> all = whole.iterator();
    return new Iterator<>() {
      private long left = rows;

      @Override
      public boolean hasNext() {
        return left > 0 && all.hasNext();
      }

      @Override
      public String[] next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        left--;
        return all.next();
      }
    };
  }

  @Override
  public DataSet appended(int more) {
    return new VisibleRows(whole.appended(more), rows);
  }

  @Override
  public void writeCsv(OutputStream out, CsvShape shape, long limit) throws IOException {
    whole.writeCsv(out, shape, Math.min(rows, limit));
  }
}
