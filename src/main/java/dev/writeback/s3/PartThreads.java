package dev.writeback.s3;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;

/** The threads that send parts: the context's, made at first use, as many as there are parts. */
final class PartThreads implements AutoCloseable {

  private static final String NAME = "writeback-part";

  private CamelContext camelContext;
  private ExecutorService executor;

  synchronized void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  synchronized ExecutorService executor() {
    if (executor == null) {
      executor =
          camelContext == null
              ? Executors.newCachedThreadPool(PartThreads::daemon)
              : camelContext.getExecutorServiceManager().newCachedThreadPool(this, NAME);
    }
    return executor;
  }

  @Override
  public synchronized void close() {
    if (executor != null && camelContext != null) {
      camelContext.getExecutorServiceManager().shutdownNow(executor);
    } else if (executor != null) {
      executor.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, NAME);
    thread.setDaemon(true);
    return thread;
  }
}
