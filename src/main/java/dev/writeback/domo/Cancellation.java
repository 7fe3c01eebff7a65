package dev.writeback.domo;

import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Ends, from any thread, the calls that are under way in its name, and keeps further ones from
 * beginning. A read that waits for bytes of such a call fails at once.
 */
final class Cancellation implements Cancellable {

  /** Weakly: who reads a reply holds its call, and one that nobody reads needs no end. */
  private final Set<Cancellable> calls = Collections.newSetFromMap(new WeakHashMap<>());

  private boolean cancelled;

  /** From now on this call is under way, too. */
  synchronized void begin(Cancellable call) throws InterruptedIOException {
    if (cancelled) {
      throw new InterruptedIOException("cancelled");
    }
    calls.add(call);
  }

  /** One that ends with this one, and may end before. */
  synchronized Cancellation part() {
    Cancellation part = new Cancellation();
    part.cancelled = cancelled;
    calls.add(part);
    return part;
  }

  @Override
  public boolean cancel() {
    List<Cancellable> running;
    synchronized (this) {
      cancelled = true;
      running = List.copyOf(calls);
      calls.clear();
    }
    running.forEach(Cancellable::cancel);
    return true;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }
}
