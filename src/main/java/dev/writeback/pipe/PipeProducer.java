package dev.writeback.pipe;

import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;

/** Puts a pipe between the message body and the next step. */
final class PipeProducer extends DefaultProducer {

  PipeProducer(PipeEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) throws CamelExchangeException {
    PipeEndpoint endpoint = (PipeEndpoint) getEndpoint();
    Object body = exchange.getMessage().getBody();
    if (body == null) {
      throw new CamelExchangeException("The message has no body: nothing to marshal", exchange);
    }
    Pipe pipe =
        endpoint.getComponent().open(endpoint.getDataFormat(), exchange, body, endpoint.newQueue());
    exchange.getMessage().setBody(pipe.liveEnd());
    exchange.getExchangeExtension().addOnCompletion(new CloseWhenDone(pipe.liveEnd()));
  }

  /** A body that nobody has read must not keep its thread and its source. */
  private static final class CloseWhenDone extends SynchronizationAdapter {

    private final InputStream stream;

    CloseWhenDone(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public void onDone(Exchange exchange) {
      try {
        stream.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
