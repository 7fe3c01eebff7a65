package dev.writeback.app;

import dev.writeback.ledger.Ledger;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.run.RunException;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether the ledger is reached and takes what is written: else no run begins. */
final class LedgerHealth extends AbstractHealthCheck {

  LedgerHealth() {
    super(AdvisoryCheck.GROUP, "ledger");
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Ledger ledger = getCamelContext().getComponent("ledger", LedgerComponent.class).getLedger();
    try {
      ledger.checkWritable();
      builder.up();
    } catch (RunException refused) {
      // Why, its database says: that is for who holds the token.
      builder
          .message(
              canBeRead(ledger)
                  ? "only lets itself be read, as a standby does"
                  : "not reached; status tells why")
          .down();
    }
  }

  private static boolean canBeRead(Ledger ledger) {
    try {
      ledger.history(null, 1);
      return true;
    } catch (RunException unreached) {
      return false;
    }
  }
}
