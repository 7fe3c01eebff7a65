package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunRequest;
import dev.writeback.sandbox.DomoCall;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped {@code writeback.camel.yaml} and Kamelet: what is repeated, how, and what is not. */
class RedeliveryTest {

  private static final Instant BEFORE_MIDNIGHT = Instant.parse("2026-03-29T23:59:59Z");
  private static final Instant AFTER_MIDNIGHT = Instant.parse("2026-03-30T00:00:01Z");

  private Sandbox sandbox;
  private ChainContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new ChainContext(sandbox).with("writeback.retries", "2");
  }

  @AfterEach
  void stop() {
    context.close();
    sandbox.close();
  }

  private void job(Map<String, Object> parameters) throws Exception {
    context.job("job", parameters).start();
  }

  /** Does this between a failed attempt and the next, on the exchange that is repeated. */
  private void betweenAttempts(Consumer<Exchange> hook) {
    context
        .camel
        .getManagementStrategy()
        .addEventNotifier(
            new EventNotifierSupport() {
              @Override
              public boolean isEnabled(CamelEvent event) {
                return event instanceof ExchangeRedeliveryEvent;
              }

              @Override
              public void notify(CamelEvent event) {
                hook.accept(((ExchangeRedeliveryEvent) event).getExchange());
              }
            });
  }

  /** Looks at the exchange as the Kamelet leaves it; to be said before the context starts. */
  private void afterEachAttempt(Consumer<Exchange> hook) {
    context
        .camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, next) ->
                definition instanceof ToDefinition to && to.getUri().startsWith("kamelet:")
                    ? lookedAt(target, hook)
                    : target);
  }

  private static Processor lookedAt(Processor target, Consumer<Exchange> hook) {
    return new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        return super.process(
            exchange,
            doneSync -> {
              hook.accept(exchange);
              callback.done(doneSync);
            });
      }
    };
  }

  private String export(String dataSet) throws IOException {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    sandbox.domo().writeExport(dataSet, export);
    return export.toString(StandardCharsets.UTF_8);
  }

  private void assertOneRunOfTwoAttempts(RunContext run, String runIdOfFirst) throws IOException {
    assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(run.getId()).isEqualTo(runIdOfFirst);
    assertThat(run.getAttempt()).isEqualTo(2);
    assertThat(run.getSlot()).isEqualTo(BEFORE_MIDNIGHT);
    assertThat(sandbox.domo().exports()).hasSize(2);
    assertThat(sandbox.s3().objects())
        .extracting(StoredObject::key)
        .containsExactly("orders_2026-03-29.csv");
    StoredObject object = sandbox.s3().objects().get(0);
    assertThat(object.metadata())
        .containsEntry("run-id", runIdOfFirst)
        .containsEntry("slot", BEFORE_MIDNIGHT.toString());
    assertThat(sandbox.s3().bytes(object.key())).asString().isEqualTo(export(SandboxDomo.ORDERS));
  }

  /** In between, the name goes over to another DataSet. */
  @Test
  void readsTheSameDataSetAgain() throws Exception {
    job(Map.of("inputDataset", "Airports", "fileName", "landed"));
    sandbox.domo().inject(DomoFault.cutAfter(200).times(1));
    betweenAttempts(
        exchange -> {
          sandbox.domo().rename(SandboxDomo.AIRPORTS, "Airports of old");
          sandbox.domo().rename(SandboxDomo.WEATHER, "Airports");
        });

    RunContext run = RunContext.of(context.run("job", BEFORE_MIDNIGHT));

    assertThat(run.getAttempt()).isEqualTo(2);
    assertThat(run.getDataSetId()).isEqualTo(SandboxDomo.AIRPORTS);
    assertThat(sandbox.s3().bytes("landed.csv"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(export(SandboxDomo.AIRPORTS));
  }

  @Test
  void keepsRunAndKeyAcrossMidnightOfASlotByHand() throws Exception {
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders_<current_date>"));
    sandbox.domo().inject(DomoFault.cutAfter(200).times(1));
    List<String> first = new ArrayList<>();
    betweenAttempts(
        exchange -> {
          first.add(RunContext.of(exchange).getId());
          exchange.setProperty(RunRequest.SLOT, AFTER_MIDNIGHT);
        });

    Exchange exchange = context.run("job", BEFORE_MIDNIGHT);

    assertThat(first).hasSize(1);
    assertOneRunOfTwoAttempts(RunContext.of(exchange), first.get(0));
  }

  @Test
  void keepsRunAndKeyAcrossMidnightOfAScheduledSlot() throws Exception {
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders_<current_date>"));
    sandbox.domo().inject(DomoFault.cutAfter(200).times(1));
    List<String> first = new ArrayList<>();
    betweenAttempts(
        exchange -> {
          first.add(RunContext.of(exchange).getId());
          exchange.getMessage().setHeader("scheduledFireTime", Date.from(AFTER_MIDNIGHT));
        });

    Exchange exchange =
        context
            .camel
            .createProducerTemplate()
            .send(
                "direct:job",
                fired ->
                    fired.getMessage().setHeader("scheduledFireTime", Date.from(BEFORE_MIDNIGHT)));

    assertThat(first).hasSize(1);
    assertOneRunOfTwoAttempts(RunContext.of(exchange), first.get(0));
  }

  @Test
  void waitsAsLongAsDomoAsksAndOnlyThatOnce() throws Exception {
    List<Long> delays = new ArrayList<>();
    afterEachAttempt(
        exchange ->
            delays.add(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class)));
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 429).retryAfter(1).times(1));
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).times(1));

    Exchange exchange = context.run("job", null);

    assertThat(RunContext.of(exchange).getOutcome()).isEqualTo(Outcome.DONE);
    assertThat(delays).startsWith(1_000L);
    assertThat(delays.subList(1, delays.size())).as("after 500, after success").containsOnlyNulls();
    List<DomoCall> exports = exportCalls();
    assertThat(exports).hasSize(3);
    assertThat(Duration.between(exports.get(0).at(), exports.get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  /** Another run of the job comes in between. */
  @Test
  void keepsItsJobUntilItIsRepeated() throws Exception {
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    sandbox.domo().inject(DomoFault.cutAfter(200).times(1));
    List<RunContext> between = new ArrayList<>();
    List<RunRecord> unended = new ArrayList<>();
    betweenAttempts(
        exchange -> {
          unended.addAll(ledger().getLedger().openIntents("job"));
          between.add(RunContext.of(context.run("job", AFTER_MIDNIGHT)));
        });

    RunContext run = RunContext.of(context.run("job", BEFORE_MIDNIGHT));

    assertThat(between).extracting(RunContext::getOutcome).containsExactly(Outcome.OVERLAP);
    assertThat(between.get(0).getFailure()).hasMessageContaining("run " + run.getId());
    assertThat(run.isDone()).isTrue();
    assertThat(run.getAttempt()).isEqualTo(2);
    assertThat(unended).extracting(RunRecord::id).containsExactly(run.getId());
  }

  @Test
  void givesItsJobBackOnceItHasGivenUp() throws Exception {
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).times(3));
    RunContext first = RunContext.of(context.run("job", BEFORE_MIDNIGHT));

    RunContext second = RunContext.of(context.run("job", AFTER_MIDNIGHT));

    assertThat(first.getAttempt()).isEqualTo(3);
    assertThat(ledger().getLedger().history("job", 9))
        .extracting(RunRecord::id, RunRecord::outcome)
        .containsExactly(tuple(second.getId(), Outcome.DONE), tuple(first.getId(), Outcome.DOMO));
    assertThat(ledger().getLedger().lastEndedBefore(second))
        .map(RunRecord::id)
        .contains(first.getId());
  }

  private LedgerComponent ledger() {
    return context.camel.getComponent("ledger", LedgerComponent.class);
  }

  @Test
  void givesUpAfterTheRetriesThatAreSet() throws Exception {
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500));

    RunContext run = RunContext.of(context.run("job", null));

    assertThat(run.getOutcome()).isEqualTo(Outcome.DOMO);
    assertThat(run.getAttempt()).isEqualTo(3);
    assertThat(exportCalls()).hasSize(3);
  }

  @Test
  void aDataSetThatIsNotThereIsAskedForOnce() throws Exception {
    job(Map.of("inputDataset", "deadbeef-1111-4222-8333-444455556666", "fileName", "orders"));

    RunContext run = RunContext.of(context.run("job", null));

    assertThat(run.getOutcome()).isEqualTo(Outcome.DOMO);
    assertThat(run.getAttempt()).isEqualTo(1);
    assertThat(sandbox.domo().calls("/v1/")).hasSize(1);
  }

  @Test
  void anObjectThatIsThereIsTriedOnce() throws Exception {
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    assertThat(RunContext.of(context.run("job", null)).isDone()).isTrue();

    RunContext second = RunContext.of(context.run("job", null));

    assertThat(second.getOutcome()).isEqualTo(Outcome.S3);
    assertThat(second.getAttempt()).isEqualTo(1);
    assertThat(sandbox.domo().exports()).hasSize(2);
  }

  private List<DomoCall> exportCalls() {
    return sandbox.domo().calls().stream().filter(call -> call.path().endsWith("/data")).toList();
  }

  @Test
  void nothingIsRepeatedWhileTheContextStops() throws Exception {
    context.with("writeback.retry-delay", "600000");
    context.camel.getShutdownStrategy().setTimeout(5);
    job(Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders"));
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).times(1));
    LedgerComponent ledger = ledger();
    CompletableFuture<Exchange> running =
        context.camel.createProducerTemplate().asyncSend("direct:job", exchange -> {});
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> exportCalls().size() == 1 && ledger.running().isEmpty());

    context.camel.stop();

    assertThat(running).succeedsWithin(Duration.ofSeconds(30));
    assertThat(RunContext.of(running.join()).getAttempt()).isEqualTo(1);
    assertThat(exportCalls()).hasSize(1);
    assertThat(sandbox.s3().objects()).isEmpty();
  }
}
