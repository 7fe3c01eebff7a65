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
    Verify verify = endpoint.getVerify() == null ? Verify.STRICT : endpoint.getVerify();
    FormulaEscaping formulas =
        endpoint.getFormulaEscaping() == null
            ? FormulaEscaping.AS_DOMO
            : endpoint.getFormulaEscaping();
    Cancellation cancellation = new Cancellation();
    ExportProof proof = new ExportProof(client, dataSet, verify, cancellation);
    if (run != null) {
      proof.metadata().ifPresent(metadata -> DataSetProducer.tell(run, metadata));
    }
    ExportStream body = client.export(dataSet, formulas, cancellation, proof, run);
    CloseOnCompletion.of(exchange, body);
    exchange.getMessage().setBody(body);
  }
}
