package dev.writeback.domo;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The header and the first records of an export, as they came; then it ends, whatever would follow.
 * For one thread.
 */
public final class FirstRecords extends FilterInputStream {

  private final CsvRecords records;
  private long left;
  private boolean inHeader = true;
  private int columns;
  private byte[] record = {};
  private int position;

  /**
   * @param export closed with this stream, which gives up the rest of it
   * @param most how many records besides the header
   */
  public FirstRecords(InputStream export, long most) {
    super(export);
    this.records = new CsvRecords(export);
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? record[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, record.length - position);
    System.arraycopy(record, position, buffer, offset, count);
    position += count;
    return count;
  }

  private boolean hasMore() throws IOException {
    if (position < record.length) {
      return true;
    }
    if (!inHeader && left == 0 || !records.next()) {
      return false;
    }
    if (inHeader) {
      inHeader = false;
      columns = records.fields();
    } else if (columns == 1 || !records.isEmptyLine()) {
      left--;
    }
    record = records.bytes();
    position = 0;
    return true;
  }

  @Override
  public long skip(long count) {
    return 0;
  }

  /** How many bytes wait is not known. */
  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
