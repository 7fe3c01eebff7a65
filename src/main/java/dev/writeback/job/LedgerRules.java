package dev.writeback.job;

import dev.writeback.run.Durable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** What needs a ledger that still knows after a restart which rows have been written. */
final class LedgerRules {

  private static final List<String> NEED_IT = List.of("onlyNewData", "skipUnchanged");

  private LedgerRules() {}

  static List<Problem> of(CamelContext context, Map<String, String> parameters) {
    Stream<String> needing =
        NEED_IT.stream().filter(option -> Boolean.parseBoolean(parameters.get(option)));
    return needing
        .filter(option -> !isDurable(context))
        .map(
            option ->
                new Problem(
                    option,
                    "needs a ledger with a database, to know after a restart what has been written"
                        + " - 'true' - give the host's registry a javax.sql.DataSource (H2 or"
                        + " PostgreSQL; of several, the component ledger's option dataSource"
                        + " names one), or leave it out"))
        .toList();
  }

  private static boolean isDurable(CamelContext context) {
    return context.getComponent("ledger") instanceof Durable ledger && ledger.isDurable();
  }
}
