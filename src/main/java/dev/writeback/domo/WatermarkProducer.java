package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Verify;
import dev.writeback.run.Watermark;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code domo:watermark}.
 *
 * <p>An answer from Domo's cache will do: it is too low at worst, and then the rows of the batches
 * above it are the next run's. Rows that have no batch lie in no range behind the first: the run is
 * told how many there are, so that those which arrive later are not lost without a word.
 */
final class WatermarkProducer extends DefaultProducer {

  private static final Logger LOG = LoggerFactory.getLogger(WatermarkProducer.class);
  private static final String REPLACE = "REPLACE";

  private final DomoEndpoint endpoint;

  WatermarkProducer(DomoEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    RunContext run = RunContext.of(exchange);
    if (run == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          endpoint.getEndpointUri() + ": no run is under way: ledger:open has to come first");
    }
    if (run.getWatermark() != null) {
      return;
    }
    if (run.getKey() != null) {
      run.notes().add("written whole, as the run was begun");
      return;
    }
    ask(run, endpoint.client(), endpoint.dataSetOf(exchange), endpoint.verifyOrStrict());
  }

  private static void ask(RunContext run, DomoClient client, String dataSet, Verify verify) {
    Cancellation cancellation = new Cancellation();
    if (!columns(client, dataSet, cancellation).contains(Batches.COLUMN)) {
      writeWhole(run, "the DataSet has no " + Batches.COLUMN + " column");
      return;
    }
    if (updateMethod(client, dataSet, cancellation).filter(REPLACE::equals).isPresent()) {
      writeWhole(run, "the update method of the DataSet's stream is REPLACE");
      return;
    }
    Object highest = highest(client, dataSet, cancellation);
    if (highest == null) {
      withoutBatch(run, new Questions(client, dataSet, cancellation).count());
      return;
    }
    Answer<Long> batch = Questions.number(highest);
    if (batch.value() == null) {
      writeWhole(run, "the highest " + Batches.COLUMN + " " + batch.whyNone());
    } else {
      countWithoutBatch(run, new Questions(client, dataSet, cancellation), dataSet, verify);
      run.setWatermark(new Watermark(null, batch.value()));
    }
  }

  private static void countWithoutBatch(
      RunContext run, Questions questions, String dataSet, Verify verify) {
    if (verify == Verify.OFF) {
      return;
    }
    Answer<Long> rows = questions.withoutBatch();
    run.setRowsWithoutBatch(rows.value());
    if (rows.value() != null) {
      return;
    }
    String doubt =
        "nothing shows that no rows without a "
            + Batches.COLUMN
            + " have arrived: "
            + rows.whyNone();
    if (verify == Verify.STRICT) {
      throw new DomoException(
          Outcome.NOT_PROVED, true, "increment of DataSet " + dataSet + ": " + doubt, null);
    }
    run.notes().add(doubt);
  }

  /** An empty DataSet has nothing new; rows that belong to no batch can only be written whole. */
  private static void withoutBatch(RunContext run, Answer<Long> rows) {
    if (rows.value() != null && rows.value() == 0) {
      run.nothingToWrite(Outcome.NOTHING_NEW);
    } else {
      writeWhole(run, "no row of the DataSet has a " + Batches.COLUMN);
    }
  }

  private static void writeWhole(RunContext run, String why) {
    run.notes().add("written whole: " + why);
  }

  private static List<String> columns(
      DomoClient client, String dataSet, Cancellation cancellation) {
    try (QueryRows rows = client.query(dataSet, "SELECT * FROM table LIMIT 1", cancellation)) {
      rows.forEachRemaining(row -> {});
      return rows.columns();
    }
  }

  private static Object highest(DomoClient client, String dataSet, Cancellation cancellation) {
    String sql = "SELECT MAX(`" + Batches.COLUMN + "`) AS " + Questions.alias() + " FROM table";
    try (QueryRows rows = client.query(dataSet, sql, cancellation)) {
      List<Object> row = rows.hasNext() ? rows.next() : List.of();
      if (row.size() != 1 || rows.hasNext()) {
        throw new DomoException(
            Outcome.DOMO,
            true,
            "highest batch of DataSet " + dataSet + ": Domo answered not one row of one value",
            null);
      }
      return row.get(0);
    }
  }

  /** Some DataSets have no stream, and some clients may not see it: then the column decides. */
  private static Optional<String> updateMethod(
      DomoClient client, String dataSet, Cancellation cancellation) {
    try {
      return client.updateMethod(dataSet, cancellation);
    } catch (DomoException e) {
      LOG.debug("DataSet {}: its stream is not known", dataSet, e);
      return Optional.empty();
    }
  }
}
