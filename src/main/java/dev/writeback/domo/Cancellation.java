package dev.writeback.domo;

import java.io.InterruptedIOException;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Ends, from any thread, the call that is under way in its name, and keeps further ones from
 * beginning. A read that waits for bytes of that call fails at once.
 */
final class Cancellation {

  private Cancellable call;
  private boolean cancelled;

  /** From now on this is the call under way. */
  synchronized void begin(Cancellable call) throws InterruptedIOException {
    if (cancelled) {
      throw new InterruptedIOException("cancelled");
    }
    this.call = call;
  }

  void cancel() {
    Cancellable running;
    synchronized (this) {
      cancelled = true;
      running = call;
      call = null;
    }
    if (running != null) {
      running.cancel();
    }
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }
}
