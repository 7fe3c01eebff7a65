package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.ByteArrayOutputStream;

/**
 * What a preview shows, in memory, which is the running program's: its first bytes are kept, and
 * more than the limit are refused. For one thread.
 */
final class PreviewedBytes extends ByteArrayOutputStream {

  static final int LIMIT = 1024 * 1024;

  private final long rows;

  /**
   * @param rows how many were asked for
   */
  PreviewedBytes(long rows) {
    this.rows = rows;
  }

  @Override
  public synchronized void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int room = Math.min(length, LIMIT - count);
    super.write(bytes, offset, room);
    if (room < length) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "-n - the rows have more than "
              + LIMIT
              + " bytes, of which the first are shown - '"
              + rows
              + "' - fewer rows");
    }
  }
}
