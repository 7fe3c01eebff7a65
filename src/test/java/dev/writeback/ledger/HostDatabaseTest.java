package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which database of its host the ledger takes. */
class HostDatabaseTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();

  @AfterEach
  void stop() {
    camel.stop();
  }

  private LedgerComponent ledger() {
    return camel.getComponent("ledger", LedgerComponent.class);
  }

  /** One that no host would like to see asked. */
  private static DataSource ofSomethingElse() {
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl("jdbc:unknown:somewhere");
    return database;
  }

  @Test
  void theOnlyOne() throws Exception {
    DataSource database = TestDatabase.H2.create();
    camel.getRegistry().bind("freight", database);
    LedgerComponent ledger = ledger();
    camel.start();

    assertThat(ledger.getDataSource()).isSameAs(database);
    assertThat(ledger.isDurable()).isTrue();
  }

  @Test
  void noneOfSeveral() throws Exception {
    camel.getRegistry().bind("freight", TestDatabase.H2.create());
    camel.getRegistry().bind("prices", ofSomethingElse());
    LedgerComponent ledger = ledger();
    camel.start();

    assertThat(ledger.isDurable()).isFalse();
  }

  @Test
  void noneWhereTheHostSaysSo() throws Exception {
    camel.getRegistry().bind("prices", ofSomethingElse());
    LedgerComponent ledger = new LedgerComponent();
    ledger.setAutowiredEnabled(false);
    camel.addComponent("ledger", ledger);
    camel.start();

    assertThat(ledger.isDurable()).isFalse();
    assertThat(ledger.getLedger().history(null, 1)).isEmpty();
  }

  @Test
  void oneThatDoesNotWorkIsSaidAtStart() {
    camel.getRegistry().bind("prices", ofSomethingElse());
    ledger();

    assertThatThrownBy(camel::start).hasStackTraceContaining("its database cannot be opened");
  }
}
