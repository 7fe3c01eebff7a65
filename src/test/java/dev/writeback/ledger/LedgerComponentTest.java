package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.RunContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The component's options, by their names, and what they do. */
class LedgerComponentTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final AtomicReference<LeaseRecord> whileRunning = new AtomicReference<>();

  @AfterEach
  void stop() {
    camel.stop();
  }

  private LedgerComponent start(DataSource database, Map<String, Object> options) throws Exception {
    LedgerComponent ledger = new LedgerComponent();
    ledger.setCamelContext(camel);
    ledger.setDataSource(database);
    camel.addComponent("ledger", ledger);
    PropertyBindingSupport.build()
        .withConfigurer(ledger.getComponentPropertyConfigurer())
        .bind(camel, ledger, new HashMap<>(options));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:job")
                .routeId("job")
                .to("ledger:open")
                .process(
                    exchange ->
                        whileRunning.set(ledger.store().leases().find("job").orElseThrow()));
          }
        });
    camel.start();
    return ledger;
  }

  private Exchange run() {
    return camel.createProducerTemplate().send("direct:job", exchange -> {});
  }

  @Test
  void leaseTimeIsHowLongTheJobStaysTaken() throws Exception {
    start(TestDatabase.H2.create(), Map.of("leaseTime", "40m"));

    assertThat(run().getException()).isNull();

    assertThat(Duration.between(whileRunning.get().since(), whileRunning.get().expires()))
        .isEqualTo(Duration.ofMinutes(40));
  }

  @Test
  void ofOneProcessFreesAtOnceWhatADeadOneHasLeft() throws Exception {
    DataSource database = TestDatabase.H2.create();
    LedgerStore ofTheDead =
        JdbcLedger.open(
            database, Duration.ofSeconds(10), Duration.ofDays(1), true, camel.getClassResolver());
    assertThat(ofTheDead.leases().take("job", "left", new Holder("machine/1/1", "dead"))).isEmpty();
    ofTheDead.close();
    start(database, Map.of("ofOneProcess", "true"));

    Exchange exchange = run();

    assertThat(exchange.getException()).isNull();
    assertThat(whileRunning.get().runId()).isEqualTo(RunContext.of(exchange).getId());
  }

  @Test
  void statementTimeoutIsHowLongTheDatabaseMayTake() throws Exception {
    LedgerComponent ledger =
        start(TestDatabase.POSTGRESQL.create(), Map.of("statementTimeout", "2s"));
    try (var connection = ledger.getDataSource().getConnection();
        var lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute("lock table writeback_run");

      assertThat(run().getException())
          .hasMessageStartingWith("The ledger's database has not answered within 2 s");
    }
    assertThat(ledger.getLedger().lastSlot("job")).isEqualTo(Optional.empty());
  }
}
