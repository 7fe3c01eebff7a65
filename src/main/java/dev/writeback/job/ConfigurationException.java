package dev.writeback.job;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.List;

/** Everything that is wrong with what operators have written, a line each. */
public final class ConfigurationException extends RunException {

  private static final long serialVersionUID = 1L;

  ConfigurationException(List<String> problems) {
    super(Outcome.CONFIGURATION, false, String.join(System.lineSeparator(), problems));
  }
}
