package dev.writeback.s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/**
 * The time that the clients of one CamelContext have, all together, to abort their uploads when it
 * stops: a silent S3 must not hold each of them in turn. A client that is closed alone, as when its
 * job is edited, has the whole time for itself. Thread-safe.
 */
final class ClosingTime {

  private static final long NANOS = TimeUnit.SECONDS.toNanos(30);

  private final CamelContext context;
  private final Set<StreamingS3Client> clients = ConcurrentHashMap.newKeySet();
  private boolean stopping;
  private long end;

  /**
   * @param context null for a client that lives in none
   */
  ClosingTime(CamelContext context) {
    this.context = context;
  }

  static synchronized ClosingTime of(CamelContext context) {
    ClosingTime made = context.getCamelContextExtension().getContextPlugin(ClosingTime.class);
    if (made == null) {
      made = new ClosingTime(context);
      context.getCamelContextExtension().addContextPlugin(ClosingTime.class, made);
    }
    return made;
  }

  void add(StreamingS3Client client) {
    clients.add(client);
  }

  /** Gives up a client's uploads, with those of all others where the context stops, and waits. */
  void close(StreamingS3Client client) {
    clients.remove(client);
    client.giveUp();
    client.awaitEnd(end());
  }

  private synchronized long end() {
    if (context == null || context.isStarted()) {
      stopping = false;
      return System.nanoTime() + NANOS;
    }
    if (!stopping) {
      stopping = true;
      end = System.nanoTime() + NANOS;
      clients.forEach(StreamingS3Client::giveUp);
    }
    return end;
  }
}
