package dev.writeback.ledger;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.kamelet.KameletEndpoint;

/** The exchange that a job runs in, whose redelivery repeats it. */
final class JobExchange {

  private JobExchange() {}

  /**
   * A Kamelet's chain has a copy of its user's exchange, a new one for each attempt. The copy is
   * done with each attempt, the user's with the last.
   *
   * @param exchange in the chain
   */
  static String idOf(Exchange exchange) {
    String user = exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
    return user != null && exchange.getFromEndpoint() instanceof KameletEndpoint
        ? user
        : exchange.getExchangeId();
  }
}
