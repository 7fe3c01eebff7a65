package dev.writeback.domo;

import dev.writeback.run.RunContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code domo:dataset}. */
final class DataSetProducer extends DefaultProducer {

  private final DomoEndpoint endpoint;

  DataSetProducer(DomoEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    DataSet dataSet = endpoint.client().dataSet(endpoint.dataSetOf(exchange), new Cancellation());
    RunContext run = RunContext.of(exchange);
    if (run != null) {
      tell(run, dataSet);
    }
    exchange.getMessage().setBody(dataSet);
  }

  /** What Domo left out leaves the run as it is. */
  static void tell(RunContext run, DataSet dataSet) {
    if (dataSet.name() != null) {
      run.setDataSetName(dataSet.name());
    }
    if (dataSet.updatedAt() != null) {
      run.setDataSetUpdated(dataSet.updatedAt());
    }
    if (!dataSet.schema().isEmpty()) {
      run.setColumnTypes(dataSet.columnTypes());
    }
  }
}
