package dev.writeback.ledger;

import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Hears of each exchange that is done. A Kamelet's chain cannot ask to be called when its user's
 * exchange is: it has a copy with a unit of work of its own.
 */
final class JobExchangeEnds extends SimpleEventNotifierSupport {

  private final Consumer<Exchange> done;

  JobExchangeEnds(Consumer<Exchange> done) {
    this.done = done;
    setupIgnore(true);
    setIgnoreExchangeEvents(false);
    setIgnoreExchangeCompletedEvent(false);
    setIgnoreExchangeFailedEvents(false);
  }

  /** What is handled or repeated after a failure comes here too. */
  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof ExchangeCompletedEvent || event instanceof ExchangeFailedEvent;
  }

  @Override
  public boolean isDisabled() {
    return false;
  }

  @Override
  public void notify(CamelEvent event) {
    done.accept(((ExchangeEvent) event).getExchange());
  }
}
