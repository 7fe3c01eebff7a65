package dev.writeback.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits on purpose, as a slow or stalled server does. */
final class Pause {

  private Pause() {}

  /** Ends early, as a broken connection, when the sandbox closes. */
  static void of(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("The sandbox is closing").initCause(e);
    }
  }
}
