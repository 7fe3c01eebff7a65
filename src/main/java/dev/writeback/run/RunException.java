package dev.writeback.run;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A failure of a run, in words for an operator: what was wanted, what happened instead, what to do.
 * The message holds no secret and no row of the DataSet, and is {@link OneLine one line}, whatever
 * others have answered.
 *
 * <p>A stream that fails throws an {@link IOException} with one of these as its cause; {@link #in}
 * finds it again under whatever has been wrapped around it.
 */
public class RunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final boolean retryable;
  private final Duration retryAfter;
  private final boolean mayBeWritten;

  /**
   * @param outcome how the run ends if this is the last word
   * @param retryable whether the same run may succeed when it is repeated from the fetch
   * @param retryAfter how long the server asked to be left alone, or null
   */
  public RunException(
      Outcome outcome, boolean retryable, Duration retryAfter, String message, Throwable cause) {
    this(outcome, retryable, retryAfter, false, OneLine.of(message), cause);
  }

  /** Several mistakes of what operators have written, a line each. */
  protected RunException(Outcome outcome, List<String> mistakes, Throwable cause) {
    this(outcome, false, null, false, lines(mistakes), cause);
  }

  private static String lines(List<String> mistakes) {
    return mistakes.stream().map(OneLine::of).collect(Collectors.joining(System.lineSeparator()));
  }

  private RunException(
      Outcome outcome,
      boolean retryable,
      Duration retryAfter,
      boolean mayBeWritten,
      String message,
      Throwable cause) {
    super(message, cause);
    this.outcome = outcome;
    this.retryable = retryable;
    this.retryAfter = retryAfter;
    this.mayBeWritten = mayBeWritten;
  }

  public RunException(Outcome outcome, boolean retryable, String message, Throwable cause) {
    this(outcome, retryable, null, message, cause);
  }

  public RunException(Outcome outcome, boolean retryable, String message) {
    this(outcome, retryable, null, message, null);
  }

  /**
   * A failure that leaves it open whether the object is there: S3's last word is missing, and what
   * stands under the key may not be read.
   *
   * @param retryAfter how long the server asked to be left alone, or null
   */
  public static RunException withUnknownEnd(
      Outcome outcome, boolean retryable, Duration retryAfter, String message, Throwable cause) {
    return new RunException(outcome, retryable, retryAfter, true, OneLine.of(message), cause);
  }

  public Outcome outcome() {
    return outcome;
  }

  public boolean isRetryable() {
    return retryable;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * Whether the object may be there all the same, whole and proved: the run is to be finished, on
   * its own key, before another one of its job begins.
   */
  public boolean mayBeWritten() {
    return mayBeWritten;
  }

  /**
   * The run's failure in a chain of causes. Where none of ours is in it: an argument that was
   * refused is a matter of the job's options, such as a quote that a value would need; text that
   * cannot be read is a matter of Domo, and the same when it is read again; all else is unexpected,
   * and worth a retry only if it was input or output.
   */
  public static RunException in(Throwable thrown) {
    boolean inputOutput = false;
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RunException found) {
        return found;
      }
      inputOutput |= cause instanceof IOException;
      root = cause;
    }
    String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    if (root instanceof IllegalArgumentException) {
      return new RunException(Outcome.CONFIGURATION, false, message, thrown);
    }
    if (root instanceof StreamCorruptedException) {
      return new RunException(Outcome.DOMO, false, message, thrown);
    }
    return new RunException(Outcome.UNEXPECTED, inputOutput, message, thrown);
  }
}
