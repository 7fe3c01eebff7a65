package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.TimeText;

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
            + TimeText.of(run.getSlot(), run.getZone())
            + " is left open: its object is s3://"
            + run.getBucket()
            + "/"
            + run.getKey()
            + ", and this step of the job would write "
            + key
            + " now. If the job has been edited since: abandon "
            + run.getJob()
            + " --slot "
            + TimeText.of(run.getSlot(), run.getZone())
            + " gives the run up. If the object is another step's, that one finishes it");
  }
}
