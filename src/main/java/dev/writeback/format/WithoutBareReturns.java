package dev.writeback.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * CSV text (comma, double quote) in which a CR outside quotes is an error, but for that of a CRLF
 * and one at the text's end: commons-csv would end the record there, where Domo counts on.
 */
final class WithoutBareReturns extends FilterReader {

  private long record = 1;
  private boolean quoted;
  private boolean closed;
  private int last = '\n';

  WithoutBareReturns(Reader text) {
    super(text);
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      check((char) next);
    }
    return next;
  }

  @Override
  public int read(char[] buffer, int offset, int count) throws IOException {
    int read = super.read(buffer, offset, count);
    for (int i = 0; i < read; i++) {
      check(buffer[offset + i]);
    }
    return read;
  }

  private void check(char next) throws IOException {
    if (last == '\r' && next != '\n' && !quoted) {
      throw new IOException(
          new Place(record, 0)
              + " holds a carriage return outside quotes, which csvEngine camel would take for the"
              + " record's end: use csvEngine native");
    }
    boolean closes = false;
    if (next == '"') {
      closes = quoted;
      quoted = !quoted && (closed || last == ',' || last == '\n');
    } else if (next == '\n' && !quoted) {
      record++;
    }
    closed = closes;
    last = next;
  }
}
