package dev.writeback.ledger;

import dev.writeback.run.ObjectName;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.RunContext;
import dev.writeback.run.Watermark;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Fixes what the run writes, the first time; says that it begins. */
final class IntentProducer extends DefaultProducer {

  private final ObjectNaming naming;
  private final FirstRun firstRun;

  IntentProducer(LedgerEndpoint endpoint, ObjectNaming naming, FirstRun firstRun) {
    super(endpoint);
    this.naming = naming;
    this.firstRun = firstRun;
  }

  @Override
  public void process(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    if (!run.isWriting()) {
      return;
    }
    if (run.getKey() == null) {
      Watermark watermark = run.getWatermark();
      if (watermark != null && firstRun == FirstRun.LAST_EXECUTION) {
        run.setWatermark(new Watermark(watermark.upTo() - 1, watermark.upTo()));
      }
      ObjectName name = naming.of(run);
      run.setFileName(name.fileName());
      run.setContentType(naming.contentType());
      run.setKey(name.key());
    }
    OpenProducer.RUNS.info(
        "{} started: run {}, DataSet {}, slot {}, object s3://{}/{}, attempt {}",
        run.getJob(),
        run.getId(),
        run.getDataSetId(),
        run.getSlot().atZone(run.getZone()).truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime(),
        run.getBucket(),
        run.getKey(),
        run.getAttempt());
  }
}
