package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.TestDatabase;
import javax.sql.DataSource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class LedgerHealthTest {

  @Test
  void isDownWhereTheDatabaseOnlyLetsItselfBeRead() throws Exception {
    DataSource database = TestDatabase.POSTGRESQL.create();
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      LedgerComponent ledger = new LedgerComponent();
      ledger.setDataSource(database);
      context.addComponent("ledger", ledger);
      context.start();
      LedgerHealth health = new LedgerHealth();
      health.setCamelContext(context);
      assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);

      TestDatabase.makeReadOnly(database);

      HealthCheck.Result told = health.call();
      assertThat(told.getState()).isEqualTo(HealthCheck.State.DOWN);
      assertThat(told.getMessage()).hasValue("only lets itself be read, as a standby does");
    }
  }
}
