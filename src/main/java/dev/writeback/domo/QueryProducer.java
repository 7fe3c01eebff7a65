package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code domo:query}. */
final class QueryProducer extends DefaultProducer {

  private final DomoEndpoint endpoint;

  QueryProducer(DomoEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    String sql =
        endpoint.getSql() == null ? exchange.getMessage().getBody(String.class) : endpoint.getSql();
    if (sql == null || sql.isBlank()) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          endpoint.getEndpointUri()
              + ": there is no SQL: it has to be the parameter sql or the message's body");
    }
    QueryRows rows = endpoint.client().query(endpoint.dataSetOf(exchange), sql, new Cancellation());
    CloseOnCompletion.of(exchange, rows);
    exchange.getMessage().setBody(rows);
  }
}
