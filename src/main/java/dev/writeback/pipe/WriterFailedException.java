package dev.writeback.pipe;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What the reader of a pipe gets when the writer failed. Its cause is the first cause: what the
 * source or the data format threw, however many pipes it came through.
 */
final class WriterFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  WriterFailedException(Throwable firstCause) {
    super(
        firstCause.getMessage() == null ? firstCause.getClass().getName() : firstCause.getMessage(),
        firstCause);
  }

  /** Strips what pipes and iterators have wrapped around a failure. */
  static Throwable firstCause(Throwable thrown) {
    Throwable first = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof WriterFailedException) {
        first = cause.getCause();
      }
    }
    while (first instanceof UncheckedIOException) {
      first = first.getCause();
    }
    return first;
  }
}
