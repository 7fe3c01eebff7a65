package dev.writeback.ledger;

import dev.writeback.run.CheckResult;
import dev.writeback.run.RunException;
import java.time.Duration;
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
    return CheckResult.ok(
        "reachable"
            + Schema.version(database, classes)
                .map(version -> ", tables of version " + version)
                .orElse(""));
  }
}
