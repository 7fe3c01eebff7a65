package dev.writeback.domo;

import dev.writeback.run.Outcome;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * The one budget of calls that all jobs of a Domo client share. Calls go out in the order in which
 * they come; where Domo has refused one for too many, none goes out until it wants to be called
 * again. Waiting is no repetition: a call that has waited is made once, as any other. Thread-safe.
 */
final class CallBudget {

  /** A run that had to wait longer ends instead, and is repeated: it holds memory meanwhile. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private final CallPace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Object> waiting = new ArrayDeque<>();
  private boolean closed;

  CallBudget(Duration spacing) {
    pace = new CallPace(spacing);
  }

  /**
   * Waits until a call may go out.
   *
   * @param wanted what the call is for
   * @throws DomoException where Domo wants none for so long that the run had better be repeated
   * @throws InterruptedIOException where it is not wanted any more
   */
  void await(String wanted, Cancellation cancellation) throws InterruptedIOException {
    Object turn = new Object();
    Cancellable wakeUp = this::wakeUp;
    cancellation.begin(wakeUp);
    lock.lock();
    try {
      waiting.add(turn);
      while (!mayGo(turn, wanted)) {
        if (closed || cancellation.isCancelled()) {
          throw new InterruptedIOException("cancelled");
        }
        if (waiting.peek() == turn) {
          changed.awaitNanos(pace.delay(System.nanoTime()).toNanos());
        } else {
          changed.await();
        }
      }
      pace.called(System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      waiting.remove(turn);
      changed.signalAll();
      lock.unlock();
    }
  }

  private boolean mayGo(Object turn, String wanted) {
    long now = System.nanoTime();
    Duration pause = pace.pause(now);
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      throw tooLong(wanted, pause);
    }
    return waiting.peek() == turn && pace.delay(now).toNanos() <= 0;
  }

  private static DomoException tooLong(String wanted, Duration pause) {
    return new DomoException(
        Outcome.DOMO,
        true,
        pause,
        0,
        null,
        wanted
            + ": not asked, as Domo has limited the calls of this client and wants none before "
            + Instant.now().plus(pause).truncatedTo(ChronoUnit.SECONDS)
            + ". Later it works");
  }

  /**
   * What Domo has answered to a call.
   *
   * @param refusal null where it is no refusal for too many calls
   */
  void answered(ErrorReply refusal) {
    lock.lock();
    try {
      if (refusal == null) {
        pace.answered(System.nanoTime());
      } else {
        pace.limited(System.nanoTime(), refusal.retryAfter());
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many calls wait. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean wakeUp() {
    lock.lock();
    try {
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any longer. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
