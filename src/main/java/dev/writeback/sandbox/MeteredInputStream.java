package dev.writeback.sandbox;

import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what is read through it, and reads no faster than it is told. Closing it does nothing: the
 * stream below belongs to the exchange.
 */
final class MeteredInputStream extends InputStream {

  private static final int SLICE = 8192;

  private final InputStream in;
  private long count;
  private Rate rate;

  MeteredInputStream(InputStream in) {
    this.in = in;
  }

  void limit(long bytesPerSecond) {
    rate = new Rate(bytesPerSecond);
  }

  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, rate == null ? length : Math.min(length, SLICE));
    if (read > 0) {
      count += read;
      if (rate != null) {
        rate.passed(read);
      }
    }
    return read;
  }
}
