package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.DefaultProducer;

/** Notes what S3 has answered. */
final class DoneProducer extends DefaultProducer {

  DoneProducer(LedgerEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public void process(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    run.setETag(exchange.getMessage().getHeader(AWS2S3Constants.E_TAG, String.class));
    run.setVersionId(exchange.getMessage().getHeader(AWS2S3Constants.VERSION_ID, String.class));
    run.done();
  }
}
