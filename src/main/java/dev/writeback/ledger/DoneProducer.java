package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Notes that the object is there; the S3 client has told the run its ETag and version. */
final class DoneProducer extends DefaultProducer {

  DoneProducer(LedgerEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    RunContext.of(exchange).done();
  }
}
