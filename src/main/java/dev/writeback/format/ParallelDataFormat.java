package dev.writeback.format;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.Metadata;

/** Compresses several blocks at a time, on threads that all exchanges share. */
abstract class ParallelDataFormat extends CompressingDataFormat implements CamelContextAware {

  @Metadata(
      label = "advanced",
      description =
          "How many blocks are compressed at a time, by all exchanges together. By default as many"
              + " as there are processors, and never more than are of use")
  private int parallelism;

  private CamelContext camelContext;
  private ExecutorService threads;

  /**
   * @param mostUseful with so many threads it is quicker than any DataSet comes in
   */
  ParallelDataFormat(int mostUseful) {
    parallelism = Math.min(Runtime.getRuntime().availableProcessors(), mostUseful);
  }

  @Override
  protected void doInit() throws Exception {
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          getDataFormatName() + ": parallelism is " + parallelism + ", it must be 1 or more.");
    }
  }

  @Override
  protected void doStart() throws Exception {
    String name = getDataFormatName();
    threads =
        camelContext
            .getExecutorServiceManager()
            .newThreadPool(
                this,
                name,
                new ThreadPoolProfileBuilder(name)
                    .poolSize(parallelism)
                    .maxPoolSize(parallelism)
                    .maxQueueSize(-1)
                    .keepAliveTime(10L, TimeUnit.SECONDS)
                    .allowCoreThreadTimeOut(true)
                    .build());
  }

  @Override
  protected void doStop() throws Exception {
    if (threads != null) {
      camelContext.getExecutorServiceManager().shutdownNow(threads);
      threads = null;
    }
  }

  final Executor threads() {
    return threads;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  public int getParallelism() {
    return parallelism;
  }

  public void setParallelism(int parallelism) {
    this.parallelism = parallelism;
  }
}
