package dev.writeback.pipe;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;

/**
 * {@code pipe:NAME} marshals the message body with the data format NAME on a thread of its own; the
 * new body is the live stream of what it writes. NAME is a bean of the registry or any data format
 * that Camel finds on the class path; the options of the latter are parameters of the endpoint.
 */
@Component("pipe")
public class PipeComponent extends DefaultComponent {

  private final Set<Pipe> open = ConcurrentHashMap.newKeySet();
  private ExecutorService threads;
  private boolean stopped;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    PipeEndpoint endpoint = new PipeEndpoint(uri, this);
    endpoint.setDataFormatName(remaining);
    setProperties(endpoint, parameters);
    DataFormat bean = CamelContextHelper.lookup(getCamelContext(), remaining, DataFormat.class);
    if (bean == null) {
      endpoint.own(create(remaining, parameters));
    } else if (parameters.isEmpty()) {
      endpoint.borrow(bean);
    } else {
      throw optionsOfBean(remaining, parameters);
    }
    return endpoint;
  }

  private static IllegalArgumentException optionsOfBean(String name, Map<String, Object> options) {
    return new IllegalArgumentException(
        "pipe:"
            + name
            + " is a bean of the registry: the options "
            + options.keySet()
            + " belong to the bean, not to the endpoint.");
  }

  private DataFormat create(String name, Map<String, Object> options) {
    DataFormat created = getCamelContext().createDataFormat(name);
    if (created == null) {
      throw new IllegalArgumentException(
          "pipe:" + name + ": there is no data format and no bean of the name '" + name + "'.");
    }
    // What is bound leaves the map; what stays is refused by Camel as an unknown parameter.
    PropertyBindingSupport.build()
        .withConfigurer(
            PluginHelper.getConfigurerResolver(getCamelContext())
                .resolvePropertyConfigurer(name + "-dataformat", getCamelContext()))
        .bind(getCamelContext(), created, options);
    return created;
  }

  /** Begins to marshal a copy of the exchange; the pipe is known here until it has ended. */
  Pipe open(DataFormat dataFormat, Exchange exchange, Object source, BlockQueue queue) {
    Pipe pipe = new Pipe(dataFormat, exchange.copy(), source, queue, open::remove);
    open.add(pipe);
    try {
      pipe.start(threads());
    } catch (RuntimeException e) {
      open.remove(pipe);
      throw e;
    }
    return pipe;
  }

  /**
   * Made at first use, not at the start: Camel gives a component that one thread is starting to
   * other threads already.
   */
  private synchronized ExecutorService threads() {
    if (stopped) {
      throw new RejectedExecutionException("No pipe is opened while the CamelContext stops.");
    }
    if (threads == null) {
      // Unbounded on purpose: chained pipes wait for each other, and a pool that is full of the
      // upstream ones alone would wait for ever. Each exchange has as many threads as it has pipes.
      threads = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "pipe");
    }
    return threads;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    synchronized (this) {
      stopped = false;
    }
  }

  @Override
  protected void doStop() throws Exception {
    for (Pipe pipe : open) {
      pipe.abort("The CamelContext stops.");
    }
    shutDownThreads();
    super.doStop();
  }

  private synchronized void shutDownThreads() {
    stopped = true;
    if (threads != null) {
      getCamelContext().getExecutorServiceManager().shutdownNow(threads);
      threads = null;
    }
  }
}
