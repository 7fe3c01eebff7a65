package dev.writeback.ledger;

import dev.writeback.run.RunContext;

/** Is told of the runs of a CamelContext as they go. Thread-safe and quick. */
public interface RunListener {

  /** An attempt begins, the one that the run counts now. */
  void begun(RunContext run);

  /**
   * This process is done with the run, whatever became of it: once, after its last attempt, with
   * its outcome.
   */
  void over(RunContext run);
}
