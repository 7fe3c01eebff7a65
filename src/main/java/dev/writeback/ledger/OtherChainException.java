package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;

/** An open intent is not this chain's to finish: the chain would give its object another name. */
final class OtherChainException extends RunException {

  private static final long serialVersionUID = 1L;

  OtherChainException(RunContext run, String key) {
    super(
        Outcome.CONFIGURATION,
        false,
        "run "
            + run.getId()
            + " of slot "
            + run.getSlot()
            + " was not finished, and is not finished now: its object was s3://"
            + run.getBucket()
            + "/"
            + run.getKey()
            + ", this step of the job would name it "
            + key
            + ". Another step of the job finishes it, unless the job has been edited");
  }
}
