package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The runs that a job's exchange has begun: how they ended is written when it is done, since it may
 * repeat them until then. Thread-safe.
 */
final class RunsOfExchange {

  private static final String PROPERTY = "writebackRuns";

  private final String exchangeId;
  private final Map<RunContext, Boolean> finishing = new LinkedHashMap<>();

  private RunsOfExchange(String exchangeId) {
    this.exchangeId = exchangeId;
  }

  /**
   * Begins an attempt of a run. Another run that the exchange has begun is over by then.
   *
   * @param exchange in the chain
   */
  static void begin(RunContext run, Exchange exchange, RunRecorder recorder) {
    String id = JobExchange.idOf(exchange);
    RunsOfExchange runs = exchange.getProperty(PROPERTY, RunsOfExchange.class);
    if (runs == null || !runs.exchangeId.equals(id)) {
      runs = new RunsOfExchange(id);
      exchange.setProperty(PROPERTY, runs);
    }
    runs.begin(run, FinishFirst.isFinishing(run, exchange), recorder);
  }

  private synchronized void begin(RunContext run, boolean wasLeft, RunRecorder recorder) {
    finishing.remove(run);
    over(false, recorder);
    finishing.put(run, wasLeft);
  }

  /**
   * @param done any exchange
   */
  static void over(Exchange done, RunRecorder recorder) {
    RunsOfExchange runs = done.getProperty(PROPERTY, RunsOfExchange.class);
    if (runs != null && runs.exchangeId.equals(done.getExchangeId())) {
      runs.over(done.getContext().isStopping(), recorder);
    }
  }

  private synchronized void over(boolean stopping, RunRecorder recorder) {
    finishing.forEach(
        (run, wasLeft) -> {
          // What a stop has broken off is finished after the next start.
          boolean brokenOff = stopping && run.getKey() != null && !run.isSettled();
          if (run.getOutcome() != null && !brokenOff) {
            recorder.over(run, wasLeft);
          }
        });
    finishing.clear();
  }
}
