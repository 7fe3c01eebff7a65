package dev.writeback.sandbox;

import java.io.IOException;
import java.time.Duration;

/** Keeps a stream at so many bytes a second, from its beginning on. For one thread. */
final class Rate {

  private final long bytesPerSecond;
  private final long began = System.nanoTime();
  private long bytes;

  Rate(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "A rate must be at least 1 byte a second, but is " + bytesPerSecond);
    }
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Waits until so many more bytes are due. */
  void passed(int more) throws IOException {
    bytes += more;
    long due = (long) (bytes * 1e9 / bytesPerSecond) - (System.nanoTime() - began);
    if (due > 0) {
      Pause.of(Duration.ofNanos(due));
    }
  }
}
