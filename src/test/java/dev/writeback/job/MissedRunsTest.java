package dev.writeback.job;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.writeback.chain.ChainContext;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.LosableDatabase;
import dev.writeback.ledger.Schedule;
import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunRequest;
import dev.writeback.run.TimeText;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.model.ToDefinition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.LoggerFactory;

/** What a job has missed while nothing ran, against the ledger. */
class MissedRunsTest {

  private static final ZoneId DENVER = ZoneId.of("America/Denver");

  /** Twice a day; the tests run at another time, or at the very second of one of them. */
  private static final Schedule MORNING = new Schedule("0 17 4 * * ?", DENVER);

  private static final Schedule EVENING = new Schedule("0 17 16 * * ?", DENVER);

  private Sandbox sandbox;
  private ChainContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new ChainContext(sandbox);
  }

  @AfterEach
  void stop() {
    context.close();
    sandbox.close();
  }

  private void job(Map<String, ?> more) throws Exception {
    Map<String, Object> parameters = new java.util.LinkedHashMap<>(more);
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.put("fileName", "orders_<current_date>");
    parameters.put("overwrite", true);
    context.job("job", parameters);
    for (String[] schedule : new String[][] {{"morning", "4"}, {"evening", "16"}}) {
      context.yaml(
          schedule[0] + ".camel.yaml",
          """
          - route:
              id: %s
              from:
                uri: quartz:writeback/%s
                parameters:
                  cron: "0 17 %s * * ?"
                  trigger.timeZone: America/Denver
                  stateful: true
                steps:
                  - to: direct:job
          """
              .formatted(schedule[0], schedule[0], schedule[1]));
    }
    context.start();
  }

  private static Instant latest() {
    Instant now = Instant.now();
    Instant morning = MORNING.latest(now).orElseThrow();
    Instant evening = EVENING.latest(now).orElseThrow();
    return morning.isAfter(evening) ? morning : evening;
  }

  private void hasRunFor(Instant slot) {
    context
        .camel
        .createProducerTemplate()
        .send(
            "direct:job",
            exchange -> {
              exchange.setProperty(RunRequest.SLOT, slot);
              exchange.setProperty(RunRequest.SCHEDULED, true);
            });
  }

  /** What is told of it. */
  private List<String> startAgain() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger jobs = (Logger) LoggerFactory.getLogger("dev.writeback.jobs");
    lines.start();
    jobs.addAppender(lines);
    try {
      new MissedRuns().onContextStarted(context.camel);
    } finally {
      jobs.detachAppender(lines);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private Set<TriggerKey> triggers() throws Exception {
    return context
        .camel
        .getComponent("quartz", QuartzComponent.class)
        .getScheduler()
        .getTriggerKeys(GroupMatcher.anyGroup());
  }

  private Instant lastSlot() {
    return context
        .camel
        .getComponent("ledger", LedgerComponent.class)
        .getLedger()
        .lastSlot("job")
        .orElseThrow();
  }

  @Test
  void aRunThatWasCutOffIsFinishedAtTheStart() throws Exception {
    AtomicBoolean cut = new AtomicBoolean();
    context
        .camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, following) ->
                definition instanceof ToDefinition to && to.getUri().startsWith("domo:export")
                    ? (Processor)
                        exchange -> {
                          if (cut.compareAndSet(false, true)) {
                            RunContext.of(exchange).setMaybeWritten(true);
                            throw new IllegalStateException("cut off here");
                          }
                          target.process(exchange);
                        }
                    : target);
    job(Map.of("retries", 0));
    hasRunFor(latest());
    assertThat(sandbox.s3().objects()).isEmpty();

    List<String> told = startAgain();

    assertThat(told)
        .containsExactly(
            "job job left its run of slot "
                + TimeText.of(latest(), DENVER)
                + " unfinished: it is finished now");

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sandbox.s3().objects().size() == 1);
    assertThat(sandbox.s3().objects().get(0).metadata()).containsEntry("slot", latest().toString());
  }

  /** One job's failure was that of all. */
  @Test
  void aLedgerThatDoesNotAnswerIsTold() throws Exception {
    LosableDatabase database = new LosableDatabase(TestDatabase.H2.create());
    context.ledger(database);
    job(Map.of());
    database.lose();

    assertThat(startAgain())
        .singleElement()
        .asString()
        .startsWith("job job: what it has missed while nothing ran cannot run, or is not known: ");
    database.bringBack();
  }

  @Test
  void theLatestRunsOnceForAllThatWereMissed() throws Exception {
    job(Map.of());
    Instant latest = latest();
    hasRunFor(latest.minus(Duration.ofDays(30)));
    assertThat(sandbox.s3().objects()).hasSize(1);

    assertThat(startAgain())
        .containsExactly(
            "job job missed its slot " + TimeText.of(latest, DENVER) + ": it runs now");

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sandbox.s3().objects().size() == 2);
    assertThat(lastSlot()).isEqualTo(latest);
    assertThat(sandbox.s3().objects())
        .extracting(StoredObject::key)
        .containsExactlyInAnyOrder(
            "orders_" + latest.minus(Duration.ofDays(30)).atZone(DENVER).toLocalDate() + ".csv",
            "orders_" + latest.atZone(DENVER).toLocalDate() + ".csv");
    assertThat(
            sandbox
                .s3()
                .object("orders_" + latest.atZone(DENVER).toLocalDate() + ".csv")
                .orElseThrow()
                .metadata())
        .containsEntry("slot", latest.toString());
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> triggers().size() == 2);

    startAgain();

    assertThat(triggers()).as("nothing is missed any more").hasSize(2);
  }

  @Test
  void aRestartMakesUpForIt() throws Exception {
    DataSource database = TestDatabase.H2.create();
    context.ledger(database);
    job(Map.of());
    Instant latest = latest();
    hasRunFor(latest.minus(Duration.ofDays(2)));
    context.close();

    context = new ChainContext(sandbox).ledger(database);
    job(Map.of());

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sandbox.s3().objects().size() == 2);
    assertThat(sandbox.s3().objects())
        .extracting(object -> object.metadata().get("slot"))
        .contains(latest.toString());
  }

  @Test
  void ofAJobThatHasRunForTheLatestThereIsNothing() throws Exception {
    job(Map.of());
    hasRunFor(latest());
    startAgain();
    assertThat(triggers()).hasSize(2);
  }

  @Test
  void ofAJobThatNeverRanThereIsNothing() throws Exception {
    job(Map.of());
    startAgain();
    assertThat(triggers()).hasSize(2);
  }

  @Test
  void aRunForATimeThatAPersonChoseDoesNotCount() throws Exception {
    job(Map.of());
    context.run("job", latest().minus(Duration.ofDays(3)));
    startAgain();
    assertThat(triggers()).hasSize(2);
  }

  @Test
  void ofAJobThatSkipsItThereIsNothing() throws Exception {
    job(Map.of("missed", "skip"));
    hasRunFor(latest().minus(Duration.ofDays(3)));
    startAgain();
    assertThat(triggers()).hasSize(2);
  }
}
