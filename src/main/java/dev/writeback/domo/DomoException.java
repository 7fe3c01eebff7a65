package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.time.Duration;
import java.util.Optional;

/** Domo did not give what was asked of it, or gave something that cannot be trusted. */
public class DomoException extends RunException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String toe;

  DomoException(
      Outcome outcome,
      boolean retryable,
      Duration retryAfter,
      int status,
      String toe,
      String message) {
    super(outcome, retryable, retryAfter, message, null);
    this.status = status;
    this.toe = toe;
  }

  DomoException(Outcome outcome, boolean retryable, String message, Throwable cause) {
    super(outcome, retryable, message, cause);
    this.status = 0;
    this.toe = null;
  }

  /** The HTTP status that Domo answered, or 0 where it is not an answer that failed. */
  public int status() {
    return status;
  }

  /** Domo's "thread of execution", which its support asks for. */
  public Optional<String> toe() {
    return Optional.ofNullable(toe);
  }
}
