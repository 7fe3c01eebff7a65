package dev.writeback.app;

import dev.writeback.domo.DataSet;
import dev.writeback.domo.DomoEndpoint;
import dev.writeback.domo.DomoOperation;
import dev.writeback.domo.FirstRecords;
import dev.writeback.run.RunContext;
import dev.writeback.run.Verify;
import java.io.InputStream;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.EndpointStrategy;

/**
 * Takes from the chain what it does to the world: of the DataSet it reads the first records or
 * none, and S3 is not called. Everything between stays as the Kamelet's file has it.
 */
final class StandIns implements EndpointStrategy {

  private static final String S3 = "aws2-s3:";

  /** What turns records into bytes, and bytes into others. */
  private static final Set<String> FORMATS = Set.of("pipe:", "dataformat:");

  /** What makes bytes that a person cannot read. */
  private static final Set<String> WRAPPINGS =
      Set.of("pipe:gzip", "pipe:zip", "pipe:zstd", "pipe:bzip2", "pipe:openpgp");

  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    if (endpoint instanceof DomoEndpoint domo) {
      return domo(domo);
    }
    String called = endpoint.getEndpointUri().replace("://", ":");
    if (called.startsWith(S3)) {
      return new StandIn(endpoint, StandIns::write);
    }
    if (WRAPPINGS.contains(called.replaceFirst("\\?.*", ""))) {
      return new StandIn(
          endpoint, (exchange, wrap) -> doIf(rehearsed(exchange).isWrapped(), exchange, wrap));
    }
    return FORMATS.stream().anyMatch(called::startsWith)
        ? new StandIn(
            endpoint, (exchange, format) -> doIf(rehearsed(exchange).isRead(), exchange, format))
        : endpoint;
  }

  private static Endpoint domo(DomoEndpoint domo) {
    if (domo.getOperation() == DomoOperation.DATASET) {
      return new StandIn(domo, StandIns::find);
    }
    if (domo.getOperation() == DomoOperation.EXPORT
        || domo.getOperation() == DomoOperation.INCREMENT) {
      // Of a stream that is given up nothing can be proved.
      domo.setVerify(Verify.OFF);
      return new StandIn(domo, StandIns::read);
    }
    return domo;
  }

  private static void find(Exchange exchange, Processor dataSet) throws Exception {
    dataSet.process(exchange);
    rehearsed(exchange).setDataSet(exchange.getMessage().getBody(DataSet.class));
  }

  private static void read(Exchange exchange, Processor export) throws Exception {
    Rehearsed rehearsed = rehearsed(exchange);
    doIf(rehearsed.isRead(), exchange, export);
    if (rehearsed.isRead()) {
      InputStream body = (InputStream) exchange.getMessage().getBody();
      exchange.getMessage().setBody(new FirstRecords(body, rehearsed.records()));
    }
  }

  /** S3 would have said that the object is there. */
  private static void write(Exchange exchange, Processor s3) throws Exception {
    Rehearsed rehearsed = rehearsed(exchange);
    if (rehearsed.isRead()) {
      rehearsed.write((InputStream) exchange.getMessage().getBody());
    }
    RunContext.of(exchange).setETag("rehearsed");
  }

  private static void doIf(boolean wanted, Exchange exchange, Processor step) throws Exception {
    if (wanted) {
      step.process(exchange);
    }
  }

  private static Rehearsed rehearsed(Exchange exchange) {
    return exchange.getProperty(Rehearsed.PROPERTY, Rehearsed.class);
  }
}
