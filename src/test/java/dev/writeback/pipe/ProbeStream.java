package dev.writeback.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A source that ends, fails or falls silent after so many bytes, and counts what is done to it. */
final class ProbeStream extends InputStream {

  private enum Then {
    END,
    FAIL,
    WAIT
  }

  private final long length;
  private final Then then;
  private final IOException failure;
  private final AtomicLong given = new AtomicLong();
  private final AtomicInteger closes = new AtomicInteger();
  private final CountDownLatch silent = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private ProbeStream(long length, Then then, IOException failure) {
    this.length = length;
    this.then = then;
    this.failure = failure;
  }

  static ProbeStream ofLength(long length) {
    return new ProbeStream(length, Then.END, null);
  }

  static ProbeStream failingAfter(long length, IOException failure) {
    return new ProbeStream(length, Then.FAIL, failure);
  }

  /** Waits after so many bytes until it is closed, as a socket does, deaf to interrupts. */
  static ProbeStream silentAfter(long length) {
    return new ProbeStream(length, Then.WAIT, null);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (closes.get() > 0) {
      throw new IOException("read after close");
    }
    int left = (int) Math.min(count, length - given.get());
    if (left == 0) {
      return stop();
    }
    for (int i = 0; i < left; i++) {
      bytes[offset + i] = at(given.getAndIncrement());
    }
    return left;
  }

  private int stop() throws IOException {
    switch (then) {
      case END:
        return -1;
      case FAIL:
        throw failure;
      case WAIT:
        silent.countDown();
        awaitClose();
        throw new IOException("socket closed");
    }
    throw new IllegalStateException();
  }

  private void awaitClose() {
    boolean interrupted = false;
    while (true) {
      try {
        closed.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closes.incrementAndGet();
    closed.countDown();
  }

  /** Waits until a reader hangs in it. */
  void awaitSilence() throws InterruptedException {
    silent.await();
  }

  boolean isClosed() {
    return closes.get() > 0;
  }

  long given() {
    return given.get();
  }

  /** The byte at a position: letters, a comma, a line end now and then. */
  static byte at(long position) {
    if (position % 60 == 59) {
      return '\n';
    }
    return (byte) (position % 7 == 6 ? ',' : 'a' + position % 26);
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = at(i);
    }
    return bytes;
  }
}
