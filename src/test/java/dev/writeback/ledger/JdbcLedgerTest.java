package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.RunException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class JdbcLedgerTest {

  @Test
  void aStandbyThatOnlyLetsItselfBeReadIsNoLedgerForNewRuns() throws Exception {
    DataSource database = TestDatabase.POSTGRESQL.create();
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      Duration minute = Duration.ofMinutes(1);
      JdbcLedger ledger =
          JdbcLedger.open(database, minute, minute, false, context.getClassResolver());
      assertThatCode(ledger::checkWritable).doesNotThrowAnyException();

      TestDatabase.makeReadOnly(database);

      assertThat(ledger.history(null, 1)).isEmpty();
      assertThatThrownBy(ledger::checkWritable)
          .isInstanceOf(RunException.class)
          .hasMessageContaining("read-only");
      ledger.close();
    }
  }
}
