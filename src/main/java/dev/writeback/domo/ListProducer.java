package dev.writeback.domo;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code domo:list}. */
final class ListProducer extends DefaultProducer {

  private final DomoEndpoint endpoint;

  ListProducer(DomoEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    String words = endpoint.getWords();
    exchange
        .getMessage()
        .setBody(
            new DataSetList(endpoint.getCamelContext(), endpoint.getAccount())
                .named(words == null ? "" : words));
  }
}
