package dev.writeback.app;

import dev.writeback.domo.DataSet;
import dev.writeback.run.RunContext;
import java.io.InputStream;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Takes from the chain what it does to the world: of a DataSet it reads the first records or a
 * file, and S3 is not called. Everything between stays as the Kamelet's file has it.
 */
final class StandIns implements InterceptStrategy {

  /** What is done in a step's place. */
  private interface StandIn {
    /**
     * @param step does what the step itself does
     */
    void play(Exchange exchange, Processor step) throws Exception;
  }

  /** By what the URI of the step begins with. */
  private static final Map<String, StandIn> ALL =
      Map.of(
          "domo:dataset", StandIns::find,
          "domo:export", StandIns::read,
          "domo:increment", StandIns::read,
          "aws2-s3:", StandIns::write);

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    String uri = definition instanceof ToDefinition step ? step.getEndpointUri() : "";
    return ALL.entrySet().stream()
        .filter(each -> uri.startsWith(each.getKey()))
        .map(each -> standing(each.getValue(), target))
        .findFirst()
        .orElseGet(() -> new DelegateAsyncProcessor(target));
  }

  private static DelegateAsyncProcessor standing(StandIn standIn, Processor target) {
    return new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
          standIn.play(exchange, getProcessor());
        } catch (Exception e) {
          exchange.setException(e);
        }
        callback.done(true);
        return true;
      }
    };
  }

  private static void find(Exchange exchange, Processor dataSet) throws Exception {
    Rehearsed rehearsed = Rehearsed.of(exchange);
    if (rehearsed.fixture() != null) {
      rehearsed.fixture().tell(RunContext.of(exchange));
      return;
    }
    dataSet.process(exchange);
    rehearsed.setDataSet(exchange.getMessage().getBody(DataSet.class));
  }

  private static void read(Exchange exchange, Processor export) throws Exception {
    Rehearsed rehearsed = Rehearsed.of(exchange);
    if (rehearsed.fixture() != null) {
      exchange.getMessage().setBody(rehearsed.firstOf(rehearsed.fixture().export()));
      return;
    }
    export.process(exchange);
    if (exchange.getException() == null) {
      InputStream body = (InputStream) exchange.getMessage().getBody();
      exchange.getMessage().setBody(rehearsed.firstOf(body));
    }
  }

  /** S3 would have said that the object is there. */
  private static void write(Exchange exchange, Processor s3) throws Exception {
    Rehearsed.of(exchange).write((InputStream) exchange.getMessage().getBody());
    RunContext.of(exchange).setETag("rehearsed");
  }
}
