package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes and one job, where one of them stands still: nobody renews for it. */
class LeaseKeeperTest {

  private static final Duration LIFE = Duration.ofMillis(200);
  private static final Holder ONE = new Holder("machine/1/1", "one");
  private static final Holder TWO = new Holder("machine/2/1", "two");

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(camel);
  private final RunContext run = new RunContext("sales", Instant.EPOCH, ZoneOffset.UTC);
  private final List<LedgerStore> opened = new ArrayList<>();

  @AfterEach
  void stop() {
    opened.forEach(LedgerStore::close);
    camel.stop();
  }

  private LedgerStore open(DataSource database, Duration life, boolean ofOneProcess) {
    LedgerStore ledger =
        JdbcLedger.open(
            database, Duration.ofSeconds(10), life, ofOneProcess, camel.getClassResolver());
    opened.add(ledger);
    return ledger;
  }

  private Leases leases(DataSource database) {
    return open(database, LIFE, false).leases();
  }

  private static void takeOnceItHasRunOut(Leases leases) {
    Awaitility.await().until(() -> leases.take("sales", "run-2", TWO).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRunWhoseLeaseIsAnothersMayNotWrite(TestDatabase kind) throws Exception {
    Leases leases = leases(kind.create());
    LeaseKeeper keeper = new LeaseKeeper(leases, ONE, LIFE);
    keeper.hold(exchange, run);
    assertThatCode(run.permit()::check).doesNotThrowAnyException();
    takeOnceItHasRunOut(leases);

    RunException lost = catchThrowableOfType(RunException.class, run.permit()::check);

    assertThat(lost.outcome()).isEqualTo(Outcome.OVERLAP);
    assertThat(lost.isRetryable()).isFalse();
    assertThat(lost)
        .hasMessageContaining("the lease of this job was lost (for ")
        .hasMessageContaining("run run-2 has it now");
    assertThat(run.permit().isWithdrawn()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRunWhoseLeaseRanOutAndWasTakenByNobodyMayWrite(TestDatabase kind) throws Exception {
    Leases leases = leases(kind.create());
    new LeaseKeeper(leases, ONE, LIFE).hold(exchange, run);
    LeaseRecord before = leases.find("sales").orElseThrow();
    Awaitility.await().until(() -> before.expires().isBefore(Instant.now()));

    assertThatCode(run.permit()::check).doesNotThrowAnyException();

    assertThat(leases.find("sales"))
        .hasValueSatisfying(now -> assertThat(now.expires()).isAfter(before.expires()));
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRunWhoseLeaseWasAnothersForAWhileMayNotWrite(TestDatabase kind) throws Exception {
    Leases leases = leases(kind.create());
    new LeaseKeeper(leases, ONE, LIFE).hold(exchange, run);
    takeOnceItHasRunOut(leases);
    leases.release("sales", TWO);

    assertThatThrownBy(run.permit()::check)
        .hasMessageContaining("another run has had it meanwhile, or may begin now");
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void theLossIsFoundByTheRenewalToo(TestDatabase kind) throws Exception {
    Leases leases = leases(kind.create());
    LeaseKeeper keeper = new LeaseKeeper(leases, ONE, LIFE);
    keeper.hold(exchange, run);
    List<RunException> broken = new ArrayList<>();
    run.permit().writing(broken::add);
    takeOnceItHasRunOut(leases);

    keeper.start(camel);

    Awaitility.await().until(run.permit()::isWithdrawn);
    assertThat(broken).hasSize(1);
    keeper.stop(camel);
    assertThat(leases.find("sales"))
        .as("it is the other's")
        .hasValueSatisfying(now -> assertThat(now.holder()).isEqualTo(TWO));
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aRepetitionAfterTheLossTakesTheJobAnew(TestDatabase kind) throws Exception {
    Leases leases = leases(kind.create());
    LeaseKeeper keeper = new LeaseKeeper(leases, ONE, LIFE);
    keeper.hold(exchange, run);
    keeper.attemptEnded(exchange, run);
    takeOnceItHasRunOut(leases);
    leases.release("sales", TWO);

    keeper.hold(exchange, run);

    assertThat(leases.find("sales"))
        .hasValueSatisfying(now -> assertThat(now.holder()).isEqualTo(ONE));
    assertThatCode(run.permit()::check).doesNotThrowAnyException();
    assertThat(run.permit().isWithdrawn()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aLeaseIsTakenOverOnceItHasRunOutAndNotBefore(TestDatabase kind) throws Exception {
    DataSource database = kind.create();
    Leases lasting = open(database, Duration.ofMinutes(1), false).leases();
    assertThat(lasting.take("sales", "run-1", ONE)).isEmpty();
    assertThat(lasting.take("sales", "run-2", TWO)).isPresent();
    Leases leases = leases(database);
    assertThat(leases.renew(ONE)).extracting(LeaseRecord::runId).containsExactly("run-1");

    takeOnceItHasRunOut(leases);

    assertThat(leases.renew(ONE)).isEmpty();
    assertThat(leases.renew(TWO)).extracting(LeaseRecord::runId).containsExactly("run-2");
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whereOneProcessHasTheDatabaseAnotherOnesLeaseIsADeadOnes(TestDatabase kind)
      throws Exception {
    Leases leases = open(kind.create(), Duration.ofMinutes(1), true).leases();
    Holder sameProcess = new Holder(TWO.process(), "another component");
    assertThat(leases.take("sales", "run-1", ONE)).isEmpty();

    assertThat(leases.take("sales", "run-2", TWO)).isEmpty();
    assertThat(leases.take("sales", "run-3", sameProcess)).isPresent();
  }
}
