package dev.writeback.app;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceHelper;

/** An endpoint in the place of another, which it may call. */
final class StandIn extends DefaultEndpoint {

  /** What is done in the other's place. */
  interface Part {
    /**
     * @param original does what the other endpoint does
     */
    void play(Exchange exchange, Processor original) throws Exception;
  }

  private final Endpoint original;
  private final Part part;

  StandIn(Endpoint original, Part part) {
    super(original.getEndpointUri(), null);
    setCamelContext(original.getCamelContext());
    this.original = original;
    this.part = part;
  }

  @Override
  public Producer createProducer() throws Exception {
    Producer behind = original.createProducer();
    return new DefaultProducer(this) {
      @Override
      public void process(Exchange exchange) throws Exception {
        part.play(exchange, behind);
      }

      @Override
      protected void doStart() throws Exception {
        ServiceHelper.startService(behind);
        super.doStart();
      }

      @Override
      protected void doStop() throws Exception {
        super.doStop();
        ServiceHelper.stopService(behind);
      }
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    return original.createConsumer(processor);
  }

  @Override
  public boolean isLenientProperties() {
    return original.isLenientProperties();
  }

  @Override
  protected void doStart() throws Exception {
    ServiceHelper.startService(original);
    super.doStart();
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    ServiceHelper.stopService(original);
  }
}
