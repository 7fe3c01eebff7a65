package dev.writeback.ledger;

import dev.writeback.run.TimeText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

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
            + TimeText.of(stale.within());
    return new Alert(exchange.getContext(), Alert.Event.STALE, stale.job(), message).values();
  }
}
