package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Writes how a run ended when its exchange is done. */
final class RunCompletion extends SynchronizationAdapter {

  private final RunRecorder recorder;
  private final RunContext run;
  private final boolean finishing;

  private RunCompletion(RunRecorder recorder, RunContext run, boolean finishing) {
    this.recorder = recorder;
    this.run = run;
    this.finishing = finishing;
  }

  /**
   * Sees to the end of an attempt. A Kamelet's chain has a copy of the job's exchange, a new one
   * for each attempt: what is done first is that copy, and the next attempt opens the record again.
   */
  static void of(RunContext run, Exchange exchange, RunRecorder recorder) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(new RunCompletion(recorder, run, FinishFirst.isFinishing(run, exchange)));
  }

  @Override
  public void onDone(Exchange exchange) {
    // What a stop has broken off is finished after the next start.
    boolean brokenOff =
        exchange.getContext().isStopping() && run.getKey() != null && !run.isSettled();
    if (run.getOutcome() != null && !brokenOff) {
      recorder.over(run, finishing);
    }
  }

  @Override
  public int getOrder() {
    // Before the job is given back.
    return 0;
  }
}
