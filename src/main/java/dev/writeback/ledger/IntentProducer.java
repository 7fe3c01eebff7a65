package dev.writeback.ledger;

import dev.writeback.run.ObjectName;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.RunContext;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Fixes what the run writes, the first time; says that it begins. */
final class IntentProducer extends DefaultProducer {

  private final LedgerEndpoint endpoint;
  private final ObjectNaming naming;
  private final NewData newData;

  IntentProducer(LedgerEndpoint endpoint, ObjectNaming naming, NewData newData) {
    super(endpoint);
    this.endpoint = endpoint;
    this.naming = naming;
    this.newData = newData;
  }

  @Override
  public void process(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    RunRecord fixed = exchange.getProperty(FinishFirst.INTENT, RunRecord.class);
    if (fixed != null && fixed.id().equals(run.getId())) {
      run.setWatermark(fixed.watermark());
      checkChain(run, exchange);
    } else {
      newData.decide(
          run, exchange.getProperty(RunContext.SINCE, Long.class), endpoint.ledger().store());
      if (!run.isWriting()) {
        return;
      }
      name(run);
    }
    endpoint.ledger().recorder().intent(run);
    exchange.setProperty(FinishFirst.INTENT, RunRecord.of(run, null));
    say(run);
  }

  private void name(RunContext run) {
    ObjectName name = naming.of(run);
    run.setFileName(name.fileName());
    run.setContentType(naming.contentType());
    run.setKey(name.key());
  }

  /** A run that was left is finished by the step that began it, or not at all. */
  private void checkChain(RunContext run, Exchange exchange) {
    String key = naming.of(run).key();
    if (FinishFirst.isFinishing(run, exchange) && !key.equals(run.getKey())) {
      throw new OtherChainException(run, key);
    }
  }

  private static void say(RunContext run) {
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
