package dev.writeback.domo;

import dev.writeback.run.InputDataset;
import dev.writeback.run.RunContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code domo:dataset}. */
final class DataSetProducer extends DefaultProducer {

  /**
   * The exchange property with the {@link DataSet} that was just asked for, for the export that
   * comes next.
   */
  private static final String METADATA = "domoDataSet";

  private static final Logger LOG = LoggerFactory.getLogger(DataSetProducer.class);

  /** What Domo answers a client that may read the rows and not the metadata. */
  static final Set<Integer> REFUSALS = Set.of(400, 403);

  private final DomoEndpoint endpoint;

  DataSetProducer(DomoEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    DomoClient client = endpoint.client();
    RunContext run = runOf(exchange);
    String id = id(client, run);
    if (run != null && run.getDataSetId() == null) {
      run.setDataSetId(id);
    }
    exchange.removeProperty(METADATA);
    DataSet dataSet = null;
    List<String> notes;
    try {
      dataSet = client.dataSet(id, new Cancellation());
      notes = endpoint.rules().notes(dataSet, client.userId());
      exchange.setProperty(METADATA, dataSet);
    } catch (DomoException e) {
      if (run == null || e.isRetryable() || !REFUSALS.contains(e.status())) {
        throw e;
      }
      notes = endpoint.rules().notesWithout(e);
    }
    tell(run, id, dataSet, notes);
    exchange.getMessage().setBody(dataSet);
  }

  /** The run that is under way, or null: one that is over is not about this DataSet. */
  private static RunContext runOf(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    return run == null || run.isSettled() ? null : run;
  }

  /** A name is looked up once in a run, so that all its attempts read the same DataSet. */
  private String id(DomoClient client, RunContext run) {
    if (run != null && run.getDataSetId() != null) {
      return run.getDataSetId();
    }
    InputDataset input = InputDataset.of(endpoint.mandatoryDataSet());
    return input.id() == null ? new DataSetSearch(client).idOf(input.name()) : input.id();
  }

  private static void tell(RunContext run, String id, DataSet dataSet, List<String> notes) {
    if (run == null) {
      notes.forEach(note -> LOG.warn("DataSet {}: {}", id, note));
      return;
    }
    run.notes().addAll(notes);
    if (dataSet == null) {
      return;
    }
    tell(run, dataSet);
    if (dataSet.pdpEnabled() && !run.isRowProtected()) {
      run.setRowProtected(true);
      LOG.warn("{}: DataSet {}: {}", run.getJob(), id, DataSetRules.PROTECTION_ENDS);
    }
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

  /** What Domo has just told of this DataSet; it is handed on once, since it ages. */
  static Optional<DataSet> handedOn(Exchange exchange, String id) {
    return exchange.removeProperty(METADATA) instanceof DataSet told && id.equals(told.id())
        ? Optional.of(told)
        : Optional.empty();
  }
}
