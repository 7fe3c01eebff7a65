package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Writes how a run ended when its exchange is done: no redelivery comes any more. */
final class RunCompletion extends SynchronizationAdapter {

  /** The exchange property with the run whose end is seen to. */
  private static final String PROPERTY = "writebackCompletion";

  private final RunRecorder recorder;
  private final RunContext run;
  private final boolean finishing;

  private RunCompletion(RunRecorder recorder, RunContext run, boolean finishing) {
    this.recorder = recorder;
    this.run = run;
    this.finishing = finishing;
  }

  /** Sees to the run's end, once for all its attempts. */
  static void of(RunContext run, Exchange exchange, RunRecorder recorder) {
    if (exchange.getProperty(PROPERTY) != run) {
      exchange.setProperty(PROPERTY, run);
      exchange
          .getExchangeExtension()
          .addOnCompletion(
              new RunCompletion(recorder, run, FinishFirst.isFinishing(run, exchange)));
    }
  }

  @Override
  public void onDone(Exchange exchange) {
    if (run.getOutcome() != null) {
      recorder.over(run, finishing);
    }
  }

  @Override
  public int getOrder() {
    // Before the job is given back.
    return 0;
  }
}
