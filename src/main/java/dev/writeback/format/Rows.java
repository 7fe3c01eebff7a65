package dev.writeback.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a stream. Closing goes straight to the stream: the reader between the two holds its
 * lock while it waits for input, and would let nobody close it.
 */
final class Rows implements Iterator<List<String>>, Closeable {

  private final Iterator<List<String>> rows;
  private final InputStream stream;

  Rows(Iterator<List<String>> rows, InputStream stream) {
    this.rows = rows;
    this.stream = stream;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public List<String> next() {
    return rows.next();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
