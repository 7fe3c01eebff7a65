package dev.writeback.job;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.List;

/** Everything that is wrong with what operators have written, a line each. */
public final class ConfigurationException extends RunException {

  private static final long serialVersionUID = 1L;

  public ConfigurationException(List<String> problems) {
    this(problems, null);
  }

  /**
   * @param cause what has told of it, or null
   */
  public ConfigurationException(List<String> problems, Throwable cause) {
    super(Outcome.CONFIGURATION, problems, cause);
  }
}
