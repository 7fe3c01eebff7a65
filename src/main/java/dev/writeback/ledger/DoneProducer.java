package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Notes that the object is there: the S3 client has told this attempt its ETag. */
final class DoneProducer extends DefaultProducer {

  private final LedgerEndpoint endpoint;

  DoneProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
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
    endpoint.ledger().recorder().complete(run);
  }
}
