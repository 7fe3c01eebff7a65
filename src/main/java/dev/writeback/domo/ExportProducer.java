package dev.writeback.domo;

import dev.writeback.run.RunContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code domo:export}. */
final class ExportProducer extends DefaultProducer {

  private final DomoEndpoint endpoint;

  ExportProducer(DomoEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    DomoClient client = endpoint.client();
    String dataSet = endpoint.dataSetOf(exchange);
    RunContext run = RunContext.of(exchange);
    Cancellation cancellation = new Cancellation();
    ExportProof proof =
        new ExportProof(
            client,
            dataSet,
            endpoint.verifyOrStrict(),
            cancellation,
            DataSetProducer.handedOn(exchange, dataSet).orElse(null));
    if (run != null) {
      proof.metadata().ifPresent(metadata -> DataSetProducer.tell(run, metadata));
    }
    ExportStream body =
        client.export(dataSet, endpoint.formulaEscapingOrAsDomo(), cancellation, proof, run);
    CloseOnCompletion.of(exchange, body);
    exchange.getMessage().setBody(body);
  }
}
