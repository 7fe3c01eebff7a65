package dev.writeback.app;

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
    try {
      getCamelContext().getComponent("ledger", LedgerComponent.class).getLedger().checkWritable();
      builder.up();
    } catch (RunException unreached) {
      // Why, its database says: that is for who holds the token.
      builder.message("not reached; status tells why").down();
    }
  }
}
