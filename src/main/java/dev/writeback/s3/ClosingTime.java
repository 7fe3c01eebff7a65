package dev.writeback.s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * The time that the jobs of one CamelContext have, all together, to abort their uploads when it
 * stops: a silent S3 must not hold each of them in turn. Those that are closed alone, as when their
 * job is edited, have the whole time for themselves. Thread-safe.
 */
final class ClosingTime extends LifecycleStrategySupport {

  private static final long NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Set<StreamingUploads> all = ConcurrentHashMap.newKeySet();
  private boolean stopping;
  private Long end;

  static synchronized ClosingTime of(CamelContext context) {
    ClosingTime made = context.getCamelContextExtension().getContextPlugin(ClosingTime.class);
    if (made == null) {
      made = new ClosingTime();
      context.getCamelContextExtension().addContextPlugin(ClosingTime.class, made);
      context.addLifecycleStrategy(made);
    }
    return made;
  }

  void add(StreamingUploads uploads) {
    all.add(uploads);
  }

  /** Gives up these uploads, with all others where the context stops, and waits. */
  void close(StreamingUploads uploads) {
    all.remove(uploads);
    uploads.giveUp();
    uploads.awaitEnd(end());
  }

  @Override
  public synchronized void onContextStarting(CamelContext context) {
    stopping = false;
    end = null;
  }

  @Override
  public synchronized void onContextStopping(CamelContext context) {
    stopping = true;
  }

  private synchronized long end() {
    if (!stopping) {
      return System.nanoTime() + NANOS;
    }
    if (end == null) {
      end = System.nanoTime() + NANOS;
      all.forEach(StreamingUploads::giveUp);
    }
    return end;
  }
}
