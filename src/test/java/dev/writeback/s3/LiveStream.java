package dev.writeback.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * A body as {@code domo:export} and {@code pipe:} leave it: of unknown length, seemingly markable,
 * and closed to cancel what feeds it.
 */
final class LiveStream extends InputStream {

  private final InputStream content;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long read;

  private LiveStream(InputStream content) {
    this.content = content;
  }

  static LiveStream of(byte[]... pieces) {
    return new LiveStream(
        new SequenceInputStream(
            Collections.enumeration(
                Arrays.stream(pieces).map(java.io.ByteArrayInputStream::new).toList())));
  }

  /** The bytes, and then the failure instead of an end. */
  static LiveStream failing(byte[] content, IOException failure) {
    return new LiveStream(
        new SequenceInputStream(
            new java.io.ByteArrayInputStream(content),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw failure;
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                throw failure;
              }
            }));
  }

  /** The bytes, and then silence until the stream is closed. */
  static LiveStream stalling(byte[] content) {
    LiveStream[] self = new LiveStream[1];
    self[0] =
        new LiveStream(
            new SequenceInputStream(
                new java.io.ByteArrayInputStream(content),
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    try {
                      self[0].closed.await();
                    } catch (InterruptedException interrupted) {
                      Thread.currentThread().interrupt();
                    }
                    throw new IOException("closed");
                  }

                  @Override
                  public int read(byte[] target, int offset, int length) throws IOException {
                    return read();
                  }
                }));
    return self[0];
  }

  /** Bytes that no two parts have in common, and that do not compress. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  long bytesRead() {
    return read;
  }

  @Override
  public int read() throws IOException {
    int one = content.read();
    read += one < 0 ? 0 : 1;
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = content.read(target, offset, length);
    read += Math.max(0, count);
    return count;
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public void mark(int limit) {}

  @Override
  public void reset() {}

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
