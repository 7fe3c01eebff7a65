package dev.writeback.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Text whose byte order mark is left out: behind it a quote would not begin a field. */
final class WithoutByteOrderMark extends FilterReader {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private boolean begun;

  WithoutByteOrderMark(Reader text) {
    super(text);
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    boolean isFirst = !begun;
    begun = true;
    return isFirst && next == BYTE_ORDER_MARK ? super.read() : next;
  }

  @Override
  public int read(char[] buffer, int offset, int count) throws IOException {
    if (begun || count == 0) {
      return super.read(buffer, offset, count);
    }
    int first = read();
    if (first < 0) {
      return -1;
    }
    buffer[offset] = (char) first;
    return 1;
  }
}
