package dev.writeback.domo;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Watermark;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;

/** How many rows a run would write. */
public final class RowCount {

  private RowCount() {}

  /**
   * By COUNT(*), of the run's batches where it has a range of them.
   *
   * @param run that knows its DataSet
   * @return empty where Domo gives no answer that can be trusted
   * @throws RunException if something is wrong with the account's options
   */
  public static OptionalLong of(CamelContext context, DomoAccount account, RunContext run) {
    DomoClient client = DomoComponent.clientIn(context, account);
    Questions questions = new Questions(client, run.getDataSetId(), new Cancellation());
    Watermark range = run.getWatermark();
    Long count = (range == null ? questions.count() : questions.count(range)).value();
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
