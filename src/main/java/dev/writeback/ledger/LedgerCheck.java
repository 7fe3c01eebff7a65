package dev.writeback.ledger;

import dev.writeback.run.CheckResult;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.spi.ClassResolver;

/** Looks whether the ledger's database is there, and its tables; makes and changes nothing. */
public final class LedgerCheck {

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private LedgerCheck() {}

  /**
   * @throws RunException if the database cannot be opened
   */
  public static CheckResult of(DataSource database, ClassResolver classes) {
    try {
      if (!Schema.isThere(database, ANSWER)) {
        return CheckResult.ok("not there yet: the first start makes it");
      }
    } catch (RunException e) {
      if (Schema.isInUse(e)) {
        return CheckResult.ok("in use by the program that runs here");
      }
      throw e;
    }
    return Schema.isNewest(new Database(database, ANSWER))
        ? CheckResult.ok("reachable, its tables are as this version needs them")
        : older(Schema.version(database, classes));
  }

  private static CheckResult older(Optional<String> version) {
    return version
        .map(
            known ->
                CheckResult.ok(
                    "reachable, tables of version "
                        + known
                        + ": the next start brings them up to date"))
        .orElseGet(
            () ->
                CheckResult.failed(
                    Outcome.CONFIGURATION,
                    "reachable, but its tables are those of an older version",
                    "run the SQL files of the class path's " + Schema.FILES + " that are new"));
  }
}
