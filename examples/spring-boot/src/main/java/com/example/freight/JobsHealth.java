package com.example.freight;

import dev.writeback.ledger.Ledger;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** The last run of each job, as the ledger knows it, at /actuator/health. */
@Component("jobs")
public class JobsHealth extends AbstractHealthIndicator {

  private static final int RUNS = 200;

  private final CamelContext camel;

  public JobsHealth(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    Ledger ledger = camel.getComponent("ledger", LedgerComponent.class).getLedger();
    ledger.history(null, RUNS).stream()
        .map(RunRecord::job)
        .distinct()
        .flatMap(job -> ledger.lastEnded(job).stream())
        .forEach(run -> tell(run, health));
  }

  private static void tell(RunRecord run, Health.Builder health) {
    if (!run.isComplete()) {
      health.down();
    }
    health.withDetail(run.job(), Map.of("outcome", run.outcome(), "slot", run.slot()));
  }
}
