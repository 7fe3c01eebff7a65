package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;

/** Somebody follows a run by a name that the program does not know, or no longer. */
final class UnknownRunException extends RunException {

  private static final long serialVersionUID = 1L;

  UnknownRunException(String name) {
    super(
        Outcome.UNEXPECTED,
        false,
        "run - the program does not know it, or no longer - '"
            + name
            + "' - history shows all runs");
  }
}
