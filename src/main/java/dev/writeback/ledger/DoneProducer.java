package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
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
    if (run.getETag() == null) {
      throw new RunException(
          Outcome.UNEXPECTED,
          false,
          "aws2-s3 ended without a word of S3 about s3://"
              + run.getBucket()
              + "/"
              + run.getKey()
              + ", so that nobody knows of an object there");
    }
    run.done();
  }
}
