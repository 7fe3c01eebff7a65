package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.Verify;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows at the end of a stream that its records are all that were asked for. */
abstract class Proof {

  private static final Logger LOG = LoggerFactory.getLogger(Proof.class);

  private final String dataSet;
  private final Verify verify;

  Proof(String dataSet, Verify verify) {
    this.dataSet = dataSet;
    this.verify = verify;
  }

  /** Nothing is shown, and nobody asked. */
  static Proof none(String dataSet) {
    return new Proof(dataSet, Verify.OFF) {
      @Override
      Optional<String> doubt(RecordCounter read, boolean isFramed) {
        return Optional.empty();
      }
    };
  }

  /**
   * The body is at its end.
   *
   * @param isFramed whether the body said itself where it ends
   * @throws DomoException under strict, if these are not shown to be all records
   */
  final void complete(RecordCounter read, boolean isFramed) {
    if (verify == Verify.OFF) {
      return;
    }
    doubt(read, isFramed)
        .ifPresent(
            doubt -> {
              String message = "DataSet " + dataSet + ": " + doubt;
              if (verify == Verify.STRICT) {
                throw new DomoException(Outcome.NOT_PROVED, true, message, null);
              }
              LOG.warn("{}. It goes on, since verify is warn", message);
            });
  }

  /** Why these may not be all records. Not asked under off. */
  abstract Optional<String> doubt(RecordCounter read, boolean isFramed);
}
