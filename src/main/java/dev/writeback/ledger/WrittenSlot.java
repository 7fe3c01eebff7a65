package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * A slot of the schedule that another run has written already: of programs that share a ledger and
 * have the same schedules, each fires it. A slot that somebody asks for is written once more.
 */
final class WrittenSlot {

  private static final String ROLE = "role";

  private WrittenSlot() {}

  /**
   * The other run that has written what this one would write.
   *
   * @param run with its DataSet, bucket and settings
   * @param key of the run's object: a job may write a DataSet to several
   */
  static Optional<RunRecord> byAnother(
      RunContext run, Exchange exchange, String key, LedgerStore store) {
    if (!run.isScheduled() || isAskedFor(exchange)) {
      return Optional.empty();
    }
    return store
        .objectsOf(run.getJob(), run.getDataSetId(), RunRecord.micros(run.getSlot()))
        .stream()
        .filter(other -> !other.id().equals(run.getId()))
        .filter(other -> isSameObject(other.object(), run, key))
        .findFirst();
  }

  private static boolean isAskedFor(Exchange exchange) {
    return exchange.getProperty(RunRequest.SLOT) != null
        && !exchange.getProperty(RunRequest.SCHEDULED, false, boolean.class);
  }

  /** Two roles may lead to two stores with a bucket of this name. */
  private static boolean isSameObject(ObjectRecord object, RunContext run, String key) {
    return object.bucket().equals(run.getBucket())
        && object.key().equals(key)
        && object
            .settings()
            .getOrDefault(ROLE, "")
            .equals(run.getSettings().getOrDefault(ROLE, ""));
  }

  /** Nobody need know: the object is there. */
  static RunException instead(RunRecord other) {
    return new RunException(Outcome.OVERLAP, false, inWords(other));
  }

  static String inWords(RunRecord other) {
    return "run " + other.id() + " has written this slot already";
  }
}
