package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import dev.writeback.run.TimeText;
import java.time.Instant;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultExchange;

/**
 * Finishes what a killed process, or a run that never learned what became of its object, has left:
 * the same run once more, on its own key and range, through the same chain.
 */
final class FinishFirst {

  /** The exchange property with the intent, as it was recorded, that the exchange holds to. */
  static final String INTENT = "writebackIntent";

  /** The exchange property that is true in the exchange of a run that another one finishes. */
  private static final String BESIDES = "writebackFinishedBesides";

  /** The exchange property with the id of the run that an earlier exchange has left. */
  private static final String FINISHING = "writebackFinishing";

  private final LedgerStore store;
  private final Set<String> ofOthers;

  /**
   * @param ofOthers intents that this step of the job has found to be another's, or of the job
   *     before it was edited; added to
   */
  FinishFirst(LedgerStore store, Set<String> ofOthers) {
    this.store = store;
    this.ofOthers = ofOthers;
  }

  /**
   * Finishes all that the job has open, and its DataSet. The exchange has the job's lease, so that
   * nobody else does.
   *
   * @return the run that the exchange goes on with: its own, or the one that was left for the very
   *     slot it has
   * @throws RunException if one of them fails again; the exchange's redelivery is what repeats it
   */
  RunContext before(RunContext run, Exchange exchange, String chain) {
    RunContext goesOn = run;
    for (RunRecord left : store.unfinished(run.getJob())) {
      if (left.id().equals(run.getId()) || ofOthers.contains(left.id())) {
        continue;
      }
      if (!left.isOpenIntent()) {
        store.saveOpen(left.abandoned(Instant.now()));
      } else if (isOfSameInput(left, run)) {
        if (left.slot().equals(RunRecord.micros(run.getSlot()))
            && exchange.getProperty(RunRequest.SINCE) == null) {
          goesOn = left.toRun();
          holdTo(left, exchange);
        } else {
          finish(left, exchange, chain);
        }
      }
    }
    return goesOn;
  }

  /** Whether this is the run of an earlier exchange. */
  static boolean isFinishing(RunContext run, Exchange exchange) {
    return run.getId().equals(exchange.getProperty(FINISHING));
  }

  /** Whether another exchange waits for this one, and tells what has come of it. */
  static boolean isBesides(Exchange exchange) {
    return exchange.getProperty(BESIDES, false, boolean.class);
  }

  private static void holdTo(RunRecord left, Exchange exchange) {
    exchange.setProperty(INTENT, left);
    exchange.setProperty(FINISHING, left.id());
  }

  private static boolean isOfSameInput(RunRecord left, RunContext run) {
    String input = left.dataSet().input();
    return input == null ? run.getInputDataset() == null : input.equals(run.getInputDataset());
  }

  private void finish(RunRecord left, Exchange exchange, String chain) {
    Route route = exchange.getContext().getRoute(chain);
    if (route == null) {
      throw new RunException(
          Outcome.UNEXPECTED,
          false,
          "run " + left.id() + " is to be finished first, and there is no route to do it");
    }
    RunContext run = left.toRun();
    Exchange first = new DefaultExchange(exchange.getContext());
    first.setProperty(RunContext.PROPERTY, run);
    first.setProperty(OpenProducer.CHAIN, chain);
    first.setProperty(LeaseKeeper.PROPERTY, exchange.getProperty(LeaseKeeper.PROPERTY));
    first.setProperty(BESIDES, true);
    first.setProperty(RunRequest.OBSERVER, exchange.getProperty(RunRequest.OBSERVER));
    holdTo(left, first);
    try {
      route.getProcessor().process(first);
    } catch (Exception e) {
      first.setException(e);
    }
    if (run.isSettled()) {
      return;
    }
    RunException failure =
        first.getException() == null ? run.getFailure() : RunException.in(first.getException());
    if (failure instanceof OtherChainException) {
      ofOthers.add(left.id());
      OpenProducer.RUNS.warn("{}: {}", run.getJob(), failure.getMessage());
      return;
    }
    throw again(left, failure);
  }

  private static RunException again(RunRecord left, RunException failure) {
    return new RunException(
        failure.outcome(),
        failure.isRetryable(),
        failure.retryAfter().orElse(null),
        left.intentInWords()
            + ", has to be finished first and failed again: "
            + failure.getMessage()
            + ". If it never can be: abandon "
            + left.job()
            + " --slot "
            + TimeText.of(left.slot(), left.zone())
            + " gives it up, and its rows are the next run's",
        failure);
  }
}
