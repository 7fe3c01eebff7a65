package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Watermark;
import java.io.InputStream;
import java.util.List;
import java.util.NavigableMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code domo:increment}.
 *
 * <p>Pages of SQL are for a few batches of many. By one pass over the export go all batches up to
 * one, which are nearly the whole DataSet; batches of which one is more than a query answers; and
 * what Domo does not answer by queries.
 */
final class IncrementProducer extends DefaultProducer {

  private final DomoEndpoint endpoint;

  IncrementProducer(DomoEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    RunContext run = RunContext.of(exchange);
    if (run == null || run.getWatermark() == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          endpoint.getEndpointUri()
              + ": there is no run with a watermark: domo:watermark has to come first. Where it"
              + " sets none, the DataSet is to be read by domo:export");
    }
    if (endpoint.getFormulaEscaping() == FormulaEscaping.APOSTROPHE) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          endpoint.getEndpointUri()
              + ": formulaEscaping is APOSTROPHE, and queries answer without apostrophes");
    }
    DomoClient client = endpoint.client();
    String dataSet = endpoint.dataSetOf(exchange);
    Watermark range = run.getWatermark();
    Cancellation cancellation = new Cancellation();
    client.authenticate();
    Questions questions = new Questions(client, dataSet, cancellation);
    Answer<NavigableMap<Long, Long>> counts =
        range.above() == null ? Answer.none("not asked") : questions.batches(range);
    Proof proof =
        new IncrementProof(questions, dataSet, range, endpoint.verifyOrStrict(), total(counts));
    List<Watermark> pages =
        counts.value() == null
            ? List.of()
            : IncrementPlan.pages(range, counts.value(), endpoint.getRowsPerPage());
    Increment increment =
        new Increment(client, dataSet, endpoint.formulaEscapingOrAsDomo(), cancellation);
    InputStream body =
        pages.isEmpty()
            ? increment.filtered(range)
            : increment.paged(pages, questions, endpoint.pageThreads());
    ExportStream stream =
        client.increment(dataSet, new Increment.Source(body), cancellation, proof, run);
    CloseOnCompletion.of(exchange, stream);
    exchange.getMessage().setBody(stream);
  }

  private static Answer<Long> total(Answer<NavigableMap<Long, Long>> counts) {
    return counts.value() == null
        ? Answer.none(counts.whyNone())
        : Answer.of(counts.value().values().stream().mapToLong(Long::longValue).sum());
  }
}
