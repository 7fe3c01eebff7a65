package dev.writeback.s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one upload that are being sent, each by a thread of its own. */
final class Sendings {

  private static final Logger LOG = LoggerFactory.getLogger(Sendings.class);

  /** Far longer than a connection that was closed under a thread needs to tell it. */
  private static final long STOPPED_WITHIN_SECONDS = 60;

  private final Consumer<Thread> abortRequest;
  private final Set<Sending> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param abortRequest breaks off the request that a thread makes
   */
  Sendings(Consumer<Thread> abortRequest) {
    this.abortRequest = abortRequest;
  }

  /**
   * Sends a part, and then closes it, whatever happens.
   *
   * @param failed is told what the sending threw
   */
  void start(Part part, Executor executor, Runnable send, Consumer<Throwable> failed) {
    Sending sending = new Sending(part, send, failed);
    underWay.add(sending);
    try {
      executor.execute(sending);
    } catch (Throwable rejected) {
      sending.end();
      throw rejected;
    }
  }

  /** Waits for all that were started. */
  void await() throws InterruptedException {
    for (Sending sending : underWay) {
      sending.ended.await();
    }
  }

  /** Breaks off all that were started. */
  void stop() {
    underWay.forEach(Sending::stop);
  }

  /** Waits for all that were broken off. */
  void awaitStopped() {
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOPPED_WITHIN_SECONDS);
      for (Sending sending : underWay) {
        if (!sending.ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          LOG.warn(
              "Part {} is still being sent; it is left to its time-out", sending.part.number());
        }
      }
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  interface Send {
    void send(Part part);
  }

  private final class Sending implements Runnable {

    private final Part part;
    private final Runnable send;
    private final Consumer<Throwable> failed;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread thread;

    Sending(Part part, Runnable send, Consumer<Throwable> failed) {
      this.part = part;
      this.send = send;
      this.failed = failed;
    }

    @Override
    public void run() {
      synchronized (this) {
        thread = Thread.currentThread();
      }
      try {
        send.run();
      } catch (Throwable thrown) {
        failed.accept(thrown);
      } finally {
        synchronized (this) {
          thread = null;
          // Meant for this sending, not for the next one of a pooled thread.
          Thread.interrupted();
        }
        end();
      }
    }

    void stop() {
      part.cancel();
      synchronized (this) {
        if (thread != null && thread != Thread.currentThread()) {
          thread.interrupt();
          abortRequest.accept(thread);
        }
      }
    }

    void end() {
      part.close();
      underWay.remove(this);
      ended.countDown();
    }
  }
}
