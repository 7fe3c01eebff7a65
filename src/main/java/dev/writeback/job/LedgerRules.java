package dev.writeback.job;

import dev.writeback.run.Durable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** What needs a ledger that still knows after a restart which rows have been written. */
final class LedgerRules {

  private LedgerRules() {}

  static List<Rule> all() {
    return Stream.of("onlyNewData", "skipUnchanged")
        .map(option -> Rule.of(step -> durable(step, option), option))
        .toList();
  }

  private static Optional<Problem> durable(JobStep step, String option) {
    return step.isTrue(option) && !isDurable(step.context())
        ? Optional.of(
            new Problem(
                option,
                "needs a ledger with a database, to know after a restart what has been written"
                    + " - 'true' - give the host's registry a javax.sql.DataSource (H2 or"
                    + " PostgreSQL; of several, the component ledger's option dataSource"
                    + " names one), or leave it out"))
        : Optional.empty();
  }

  private static boolean isDurable(CamelContext context) {
    return context.getComponent("ledger") instanceof Durable ledger && ledger.isDurable();
  }
}
