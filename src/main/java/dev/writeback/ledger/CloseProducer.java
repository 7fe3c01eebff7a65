package dev.writeback.ledger;

import dev.writeback.run.OneLine;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.TimeText;
import java.io.Closeable;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.util.IOHelper;

/**
 * Ends an attempt, whatever became of it. The body is closed, which cancels all that still feeds
 * it; how long Domo or S3 asked to be left alone becomes the delay of the next redelivery.
 */
final class CloseProducer extends DefaultProducer {

  private final LedgerEndpoint endpoint;

  CloseProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof Closeable body) {
      IOHelper.close(body);
    }
    RunContext run = RunContext.of(exchange);
    if (run == null) {
      return;
    }
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (run.isDone()) {
      sayDone(run);
    } else if (run.isSettled()) {
      endpoint.ledger().recorder().complete(run);
      sayNothingWritten(run);
    } else {
      run.failed(thrown == null ? withoutWord() : RunException.in(thrown));
      if (exchange.getContext().isStopping()) {
        run.failed(LedgerComponent.stopped(run.getFailure()));
      }
      run.getFailure()
          .retryAfter()
          .map(Duration::toMillis)
          .ifPresent(delay -> exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, delay));
      if (run.getOutcome() == Outcome.OVERLAP) {
        sayOverlap(run);
      } else if (run.getOutcome() == Outcome.STOPPED) {
        endpoint.ledger().stop(run);
      } else {
        endpoint.ledger().recorder().failed(run);
        if (!(run.getFailure() instanceof OtherChainException && FinishFirst.isBesides(exchange))) {
          sayFailed(run);
        }
      }
    }
    endpoint.ledger().ended(run);
    endpoint.ledger().leases().attemptEnded(exchange, run);
  }

  private static RunException withoutWord() {
    return new RunException(
        Outcome.UNEXPECTED, false, "the chain was left before S3 had said anything");
  }

  private void sayDone(RunContext run) {
    endpoint
        .ledger()
        .runs()
        .info(
            "{} done: run {}, attempt {}, DataSet {}, rows {}, bytes {}, object s3://{}/{}, version {}, seconds {}{}",
            run.getJob(),
            run.getId(),
            run.getAttempt(),
            run.getDataSetId(),
            run.records(),
            run.bytesWritten(),
            run.getBucket(),
            OneLine.of(run.getKey()),
            run.getVersionId() == null ? "none" : OneLine.of(run.getVersionId()),
            seconds(run),
            notes(run));
  }

  private void sayNothingWritten(RunContext run) {
    endpoint
        .ledger()
        .runs()
        .info(
            "{} {}: run {}, attempt {}, DataSet {}, nothing written, seconds {}{}",
            run.getJob(),
            run.getOutcome() == Outcome.UNCHANGED ? "unchanged" : "has nothing new",
            run.getId(),
            run.getAttempt(),
            run.getDataSetId(),
            seconds(run),
            notes(run));
  }

  private void sayOverlap(RunContext run) {
    endpoint
        .ledger()
        .runs()
        .warn(
            "{} {}: run {}, slot {}: {}",
            run.getJob(),
            run.permit().isWithdrawn() ? "broken off" : "not run",
            run.getId(),
            TimeText.of(run.getSlot(), run.getZone()),
            run.getFailure().getMessage());
  }

  private void sayFailed(RunContext run) {
    endpoint
        .ledger()
        .runs()
        .error(
            "{} failed: run {}, attempt {}, DataSet {}, rows read {}, object {} not written,"
                + " seconds {}{}: {}",
            run.getJob(),
            run.getId(),
            run.getAttempt(),
            run.getDataSetId() == null ? "(not found yet)" : run.getDataSetId(),
            run.records(),
            run.getKey() == null
                ? "(not named yet)"
                : "s3://" + run.getBucket() + "/" + OneLine.of(run.getKey()),
            seconds(run),
            notes(run),
            run.getFailure().getMessage());
  }

  private static String notes(RunContext run) {
    return run.notes().isEmpty() ? "" : OneLine.of(", " + String.join(", ", run.notes()));
  }

  private static String seconds(RunContext run) {
    return "%.1f".formatted(run.elapsed().toMillis() / 1000.0);
  }
}
