package dev.writeback.format;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Gzip with the JDK's Deflater at level 6, several blocks of one member at a time. Equal input
 * gives equal bytes. Each exchange holds at most {@code parallelism + 1} blocks, about 600 KB each
 * with the Deflater's own memory.
 */
@Dataformat("gzip")
@Configurer
@Metadata(firstVersion = "0.1.0", title = "Gzip", label = "dataformat,transformation,file")
public class GzipDataFormat extends ServiceSupport
    implements DataFormat, DataFormatName, CamelContextAware {

  /** About 300 MB/s of CSV: more than one DataSet comes in with. */
  private static final int MOST_USEFUL_PARALLELISM = 8;

  private static final int LEVEL = 6;

  @Metadata(
      label = "advanced",
      description =
          "How many blocks are compressed at a time, by all exchanges together. By default as many"
              + " as there are processors, at most 8")
  private int parallelism =
      Math.min(Runtime.getRuntime().availableProcessors(), MOST_USEFUL_PARALLELISM);

  private CamelContext camelContext;
  private ExecutorService threads;

  @Override
  public String getDataFormatName() {
    return "gzip";
  }

  @Override
  protected void doInit() {
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "gzip: parallelism is " + parallelism + ", it must be 1 or more.");
    }
  }

  @Override
  protected void doStart() {
    threads =
        camelContext
            .getExecutorServiceManager()
            .newThreadPool(
                this,
                "gzip",
                new ThreadPoolProfileBuilder("gzip")
                    .poolSize(parallelism)
                    .maxPoolSize(parallelism)
                    .maxQueueSize(-1)
                    .keepAliveTime(10L, TimeUnit.SECONDS)
                    .allowCoreThreadTimeOut(true)
                    .build());
  }

  @Override
  protected void doStop() {
    if (threads != null) {
      camelContext.getExecutorServiceManager().shutdownNow(threads);
      threads = null;
    }
  }

  @Override
  public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
    try (InputStream in =
        exchange
            .getContext()
            .getTypeConverter()
            .mandatoryConvertTo(InputStream.class, exchange, body)) {
      new ParallelGzip(threads, LEVEL, parallelism).compress(in, out);
    }
  }

  /** Not supported: Camel's own {@code gzipDeflater} reads what this writes. */
  @Override
  public Object unmarshal(Exchange exchange, InputStream in) {
    throw new UnsupportedOperationException(
        "The data format 'gzip' only marshals; to read gzip, use Camel's 'gzipDeflater'.");
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
