package dev.writeback.ledger;

import dev.writeback.run.ObjectName;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.OneLine;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunRequest;
import dev.writeback.run.TimeText;
import dev.writeback.run.Watermark;
import java.util.Objects;
import java.util.Optional;
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
    Long since = exchange.getProperty(RunRequest.SINCE, Long.class);
    run.setSettings(endpoint.allSettings());
    RunRecord fixed = exchange.getProperty(FinishFirst.INTENT, RunRecord.class);
    if (fixed != null && fixed.id().equals(run.getId())) {
      // Its own name, whatever Domo calls the DataSet by now.
      run.setDataSetName(fixed.dataSet().name());
      checkChain(run, exchange);
      run.setWatermark(since == null ? rest(run, fixed) : fixed.watermark());
      if (run.getWatermark() != null && run.getWatermark().isEmpty()) {
        run.nothingToWrite(Outcome.NOTHING_NEW);
        return;
      }
      Optional<RunRecord> other = wholeByAnother(run, fixed, exchange);
      if (other.isPresent()) {
        run.notes().add(WrittenSlot.inWords(other.get()));
        run.nothingToWrite(Outcome.NOTHING_NEW);
        return;
      }
    } else {
      checkSlot(run, exchange);
      newData.decide(run, since, last -> isNamedAsNow(run, last), endpoint.ledger().store());
      if (!run.isWriting()) {
        return;
      }
      name(run);
    }
    endpoint.ledger().recorder().intent(run);
    exchange.setProperty(FinishFirst.INTENT, RunRecord.of(run, null));
    say(run);
  }

  private Watermark rest(RunContext run, RunRecord fixed) {
    return NewData.rest(run, fixed.watermark(), endpoint.ledger().store());
  }

  /** Of an increment, the batches that another run has written are left out of its range. */
  private Optional<RunRecord> wholeByAnother(RunContext run, RunRecord fixed, Exchange exchange) {
    return fixed.watermark() != null
        ? Optional.empty()
        : WrittenSlot.byAnother(run, exchange, fixed.object().key(), endpoint.ledger().store())
            .filter(other -> other.watermark() == null);
  }

  /** The run has the job's lease by now: who had it before, has recorded its object. */
  private void checkSlot(RunContext run, Exchange exchange) {
    String key = naming.of(run).key();
    WrittenSlot.byAnother(run, exchange, key, endpoint.ledger().store())
        .ifPresent(
            other -> {
              throw WrittenSlot.instead(other);
            });
  }

  private boolean isNamedAsNow(RunContext run, RunRecord last) {
    return Objects.equals(run.getBucket(), last.object().bucket())
        && naming.of(last.toRun()).key().equals(last.object().key());
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

  private void say(RunContext run) {
    endpoint
        .ledger()
        .runs()
        .info(
            "{} started: run {}, DataSet {}, slot {}, object s3://{}/{}, attempt {}",
            run.getJob(),
            run.getId(),
            run.getDataSetId(),
            TimeText.of(run.getSlot(), run.getZone()),
            run.getBucket(),
            OneLine.of(run.getKey()),
            run.getAttempt());
  }
}
