package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the run, or goes on with the one that a failed attempt has left. */
final class OpenProducer extends DefaultProducer {

  static final Logger RUNS = LoggerFactory.getLogger("dev.writeback.runs");

  private final LedgerEndpoint endpoint;

  OpenProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    if (run == null || run.isDone()) {
      Slot slot = Slot.of(exchange, endpoint.getTimeZone());
      run = new RunContext(endpoint.getJob(), slot.moment(), slot.zone());
      run.setDataSetId(endpoint.getDataSet());
      exchange.setProperty(RunContext.PROPERTY, run);
    }
    run.beginAttempt();
    endpoint.ledger().begun(run);
  }
}
