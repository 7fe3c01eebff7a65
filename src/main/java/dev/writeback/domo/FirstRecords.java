package dev.writeback.domo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The header and the first records of an export, as they came; then it ends, whatever would follow.
 * For one thread.
 */
public final class FirstRecords extends BlockStream {

  private final InputStream export;
  private final CsvRecords records;
  private final long most;
  private boolean begun;
  private int columns;
  private long count;
  private boolean whole;

  /**
   * @param export closed with this stream, which gives up the rest of it
   * @param most how many records besides the header
   */
  public FirstRecords(InputStream export, long most) {
    this.export = export;
    this.records = new CsvRecords(export);
    this.most = most;
  }

  /** How many columns the header has. */
  public int columns() {
    return columns;
  }

  /** How many records have been read, besides the header. */
  public long count() {
    return count;
  }

  /** Whether the export has come to its own end. */
  public boolean isWhole() {
    return whole;
  }

  @Override
  boolean fill(OutputStream to) throws IOException {
    int written = 0;
    while (written < BLOCK_SIZE && !(begun && count == most)) {
      if (!records.next()) {
        whole = true;
        return false;
      }
      if (!begun) {
        begun = true;
        columns = records.fields();
      } else if (columns == 1 || !records.isEmptyLine()) {
        count++;
      }
      records.writeTo(to);
      written += records.length();
    }
    return !begun || count < most;
  }

  @Override
  public void close() throws IOException {
    export.close();
  }
}
