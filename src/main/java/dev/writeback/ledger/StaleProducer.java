package dev.writeback.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.util.TimeUtils;

/** Puts into the body the alerts about jobs that have become stale: a list, mostly empty. */
final class StaleProducer extends DefaultProducer {

  private final LedgerEndpoint endpoint;

  StaleProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    LedgerComponent component = endpoint.ledger();
    List<Map<String, Object>> alerts =
        component.freshness().news(component.getLedger(), Instant.now()).stream()
            .map(stale -> alert(exchange, stale))
            .toList();
    exchange.getMessage().setBody(alerts);
  }

  private static Map<String, Object> alert(Exchange exchange, Freshness.Stale stale) {
    String message =
        stale
                .last()
                .map(
                    last ->
                        "has had no complete object since " + last.truncatedTo(ChronoUnit.SECONDS))
                .orElse("has never had a complete object")
            + ", and states freshWithin "
            + TimeUtils.printDuration(stale.within(), true);
    return new Alert(exchange.getContext(), Alert.Event.STALE, stale.job(), message).values();
  }
}
