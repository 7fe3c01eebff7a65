package dev.writeback.ledger;

import dev.writeback.run.RunException;
import dev.writeback.run.TimeText;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * The component {@code ledger} where runs are only rehearsed: they see what the real ledger knows,
 * write nothing into it, finish no earlier run and leave no line in the log. A database that is not
 * there is not made.
 */
public final class RehearsalLedgerComponent extends LedgerComponent {

  private RehearsalLedger found;

  @Override
  LedgerStore open(Duration life) {
    found =
        RehearsalLedger.of(
            getDataSource(), Duration.ofMillis(getStatementTimeout()), isOfOneProcess());
    return found;
  }

  @Override
  Logger runs() {
    return NOPLogger.NOP_LOGGER;
  }

  /** Why the real ledger could not be read; a run that needs it fails with this. */
  public Optional<RunException> unread() {
    return found.unread();
  }

  /** What a run of the job would have to finish first, in words. */
  public List<String> finishedFirst(String job) {
    return found.openIntents(job).stream().map(RunRecord::intentInWords).toList();
  }

  /** The run of the job that is under way now, so that another would not begin; in words. */
  public Optional<String> underWay(String job) {
    return found
        .underWay(job)
        .map(
            lease ->
                "run "
                    + lease.runId()
                    + " of this job is under way since "
                    + TimeText.of(lease.since(), ZoneOffset.UTC));
  }
}
