package dev.writeback.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Bodies for data formats that do not care what they are given. */
final class Sources {

  private Sources() {}

  /** Lines that compress as CSV does; equal for equal lengths. */
  static byte[] text(int length) {
    Random random = new Random(42);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(random.nextInt(5000)).append(",name ").append(random.nextInt(50)).append('\n');
    }
    return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), length);
  }

  /** Bytes that cannot be compressed; equal for equal lengths. */
  static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }

  /** Gives the bytes, then fails. */
  static InputStream failing(byte[] bytes, IOException failure) {
    return new SequenceInputStream(
        new ByteArrayInputStream(bytes),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }
        });
  }

  /** So many bytes that do not compress, made as they are read. */
  static final class Counted extends InputStream {

    private final long length;
    private final Random random = new Random(7);
    private long given;

    Counted(long length) {
      this.length = length;
    }

    long given() {
      return given;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) {
      int now = (int) Math.min(count, length - given);
      for (int i = 0; i < now; i++) {
        bytes[offset + i] = (byte) random.nextInt();
      }
      given += now;
      return now == 0 ? -1 : now;
    }
  }
}
