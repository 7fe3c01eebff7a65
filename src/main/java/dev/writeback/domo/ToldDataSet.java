package dev.writeback.domo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.run.InputDataset;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.io.IOException;
import org.apache.camel.CamelContext;

/** Tells a run of its DataSet what {@code domo:dataset} would: id, name, the columns' types. */
public final class ToldDataSet {

  private ToldDataSet() {}

  /**
   * Asks Domo.
   *
   * @param run that knows what the job calls its DataSet
   * @throws RunException if there is no such DataSet, or something is wrong with the account
   */
  public static void ask(CamelContext context, DomoAccount account, RunContext run) {
    DomoClient client = DomoComponent.clientIn(context, account);
    InputDataset input = InputDataset.of(run.getInputDataset());
    run.setDataSetId(
        input.id() == null ? new DataSetSearch(client).idOf(input.name()) : input.id());
    DataSetProducer.tell(run, client.dataSet(run.getDataSetId(), new Cancellation()));
  }

  /**
   * Takes what Domo's DataSet API has told once, kept as the JSON that it was.
   *
   * @throws IOException if it is no JSON
   */
  public static void read(RunContext run, byte[] json) throws IOException {
    DataSetProducer.tell(run, DataSet.of(new ObjectMapper().readTree(json)));
  }
}
