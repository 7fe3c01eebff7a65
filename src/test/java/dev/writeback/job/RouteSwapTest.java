package dev.writeback.job;

import static dev.writeback.job.SwappingContext.job;
import static dev.writeback.job.SwappingContext.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.LosableDatabase;
import dev.writeback.ledger.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.Trigger.TriggerState;

/** What fails while routes are changed loses no slot, and leaves no job out in silence. */
class RouteSwapTest {

  private static final String MORNING = "0 0 6 1 1 ?";
  private static final String NEVER = "0 0 6 1 1 ? 2020";

  @TempDir Path folder;
  private SwappingContext context;

  @BeforeEach
  void prepare() throws Exception {
    context = new SwappingContext(folder);
  }

  @AfterEach
  void stop() {
    context.close();
  }

  @Test
  void aSlotIsOwedUntilTheLedgerAnswers() throws Exception {
    LosableDatabase database = new LosableDatabase(TestDatabase.H2.create());
    context.camel.getComponent("ledger", LedgerComponent.class).setDataSource(database);
    context.write("ticks", job("ticks", "* * * * * ?", "before")).start().swapping();
    Exchange run = new DefaultExchange(context.camel);
    context.camel.getInflightRepository().add(run, "ticks");
    context.write("ticks", job("ticks", "* * * * * ?", "after")).take();
    assertThat(context.swap().waiting()).containsExactly("ticks");
    Instant held = Instant.now();
    await().until(() -> Instant.now().isAfter(held.plusSeconds(3)));
    context.camel.getInflightRepository().remove(run, "ticks");

    database.lose();
    context.look();
    context.look();

    assertThat(context.lines)
        .filteredOn(line -> line.contains("ticks"))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("job ticks is changed when its run has ended"),
            line -> assertThat(line).startsWith("job ticks is changed: "),
            line ->
                assertThat(line)
                    .startsWith("route ticks: whether it missed a slot while it was changed is"));
    database.bringBack();
    context.look();
    assertThat(context.lines)
        .filteredOn(line -> line.startsWith("job ticks missed its slot "))
        .hasSize(1);
    context.look();
    assertThat(context.lines)
        .filteredOn(line -> line.startsWith("job ticks missed its slot "))
        .hasSize(1);
  }

  @Test
  void aSlotOfAJobThatWasOutIsMadeUpFor() throws Exception {
    context.write("ticks", job("ticks", "* * * * * ?", "before")).start().swapping();
    takeOut();
    assertMadeUpForInThreeSeconds();
  }

  /** The job of each second is edited, and cannot be put back either. */
  private void takeOut() throws Exception {
    context.obstacle.failStart("ticks", 2, () -> new IllegalStateException("no memory"));
    context.write("ticks", job("ticks", "* * * * * ?", "after")).take();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInSameThread()
        .until(
            () -> {
              context.look();
              return context.swap().out().contains("ticks");
            });
  }

  private void assertMadeUpForInThreeSeconds() throws Exception {
    Instant out = Instant.now();
    await().until(() -> Instant.now().isAfter(out.plusSeconds(3)));

    context.look();

    assertThat(context.lines)
        .filteredOn(line -> line.startsWith("job ticks missed its slot "))
        .hasSize(1);
  }

  /** Quartz fired for a job that was not there, by an endpoint that Camel made for that. */
  @Test
  void aSlotThatWasFiredForAJobThatWasOutIsMadeUpFor() throws Exception {
    context.write("ticks", job("ticks", "* * * * * ?", "before")).start().swapping();
    QuartzEndpoint endpoint = (QuartzEndpoint) context.camel.getRoute("ticks").getEndpoint();
    takeOut();
    context.camel.getEndpoint(endpoint.getEndpointUri(), QuartzEndpoint.class);
    assertMadeUpForInThreeSeconds();
  }

  /** Quartz fired while there was no route, and Camel made an endpoint for that. */
  @Test
  void aRouteWhoseTriggerWentWithAnotherEndpointIsScheduledAgain() throws Exception {
    context.write("ticks", job("ticks", "0 0 6 * * ?", "before")).start().swapping();
    QuartzEndpoint endpoint = (QuartzEndpoint) context.camel.getRoute("ticks").getEndpoint();
    Scheduler scheduler = endpoint.getComponent().getScheduler();
    context.obstacle.failStart("ticks", 2, () -> new IllegalStateException("no memory"));
    context.write("ticks", job("ticks", "0 0 6 * * ?", "after")).take();
    assertThat(context.swap().out()).containsExactly("ticks");
    QuartzEndpoint second =
        context.camel.getEndpoint(endpoint.getEndpointUri(), QuartzEndpoint.class);
    scheduler.unscheduleJob(second.getTriggerKey());

    context.look();

    assertThat(context.swap().out()).isEmpty();
    assertThat(context.trigger("ticks")).isEqualTo(TriggerState.NORMAL);
  }

  /** It was owed to the job, which nothing fires any more. */
  @Test
  void aSlotIsOwedToTheScheduleThatTakesThePlaceOfATrigger() throws Exception {
    context.write("ticks", job("ticks", "* * * * * ?", "before")).start().swapping();
    Exchange run = new DefaultExchange(context.camel);
    context.camel.getInflightRepository().add(run, "ticks");
    context
        .write("ticks", job("ticks", "after") + schedule("seconds", "* * * * * ?", "ticks"))
        .take();
    Instant held = Instant.now();
    await().until(() -> Instant.now().isAfter(held.plusSeconds(3)));
    context.camel.getInflightRepository().remove(run, "ticks");

    context.look();

    assertThat(context.runs("seconds")).isTrue();
    assertThat(context.lines)
        .filteredOn(line -> line.startsWith("job ticks missed its slot "))
        .hasSize(1);
  }

  @Test
  void anErrorOfALoadPutsTheJobBack() throws Exception {
    context.write("sales", job("sales", "before")).start().swapping();
    context.obstacle.failStart("sales", 1, () -> new NoClassDefFoundError("com/acme/Missing"));

    context.write("sales", job("sales", "after")).take();

    assertThat(context.answer("sales")).isEqualTo("before");
    assertThat(context.swap().failed())
        .containsEntry("sales", "java.lang.NoClassDefFoundError: com/acme/Missing");
    assertThat(context.swap().out()).isEmpty();
  }

  /** Of two routes, the first had been taken out when the second could not be. */
  @Test
  void aRouteThatCannotBeTakenOutPutsItsGroupBack() throws Exception {
    context
        .write("sales", job("sales", "before") + schedule("mornings", MORNING, "sales"))
        .start()
        .swapping();
    context.obstacle.failEnd("sales", 1, () -> new IllegalStateException("it clings"));

    context
        .write("sales", job("sales", "after") + schedule("mornings", "0 0 7 1 1 ?", "sales"))
        .take();

    assertThat(context.answer("sales")).isEqualTo("before");
    assertThat(context.runs("mornings")).isTrue();
    assertThat(context.trigger("mornings")).isEqualTo(TriggerState.NORMAL);
    assertThat(context.swap().failed()).containsOnlyKeys("mornings", "sales");
    context
        .write("sales", job("sales", "mended") + schedule("mornings", "0 0 8 1 1 ?", "sales"))
        .take();
    assertThat(context.answer("sales")).isEqualTo("mended");
    assertThat(context.swap().failed()).isEmpty();
  }

  /** It had gone from the list of what runs, so that nobody put it back. */
  @Test
  void aJobThatCannotBeTakenOutTwiceRuns() throws Exception {
    context.write("sales", job("sales", "before")).start().swapping();
    context.obstacle.failEnd("sales", 2, () -> new IllegalStateException("it clings"));

    context.write("sales", job("sales", "after")).take();

    assertThat(context.answer("sales")).isEqualTo("before");
    assertThat(context.swap().files()).containsOnlyKeys("sales");
  }

  @Test
  void aJobThatCannotBePutBackIsToldAndTriedAgain() throws Exception {
    String schedule = schedule("mornings", MORNING, "sales");
    context.write("sales", job("sales", "before") + schedule).start().swapping();
    context.obstacle.failStart("sales", 4, () -> new IllegalStateException("no memory"));

    context.write("sales", job("sales", "after") + schedule).take();

    assertThat(context.runs("sales")).isFalse();
    assertThat(context.swap().out()).containsExactly("sales");
    assertThat(context.swap().failed().get("sales"))
        .startsWith("does not run, ")
        .endsWith("it is tried again: no memory");
    assertThat(context.trigger("mornings"))
        .as("what would call nobody")
        .isEqualTo(TriggerState.PAUSED);
    context.look();
    context.look();
    assertThat(context.lines)
        .filteredOn(line -> line.contains("cannot be put back"))
        .containsExactly(
            "job sales cannot be put back either, and does not run; it is tried again: no memory");

    context.look();

    assertThat(context.answer("sales")).isEqualTo("before");
    assertThat(context.swap().out()).isEmpty();
    assertThat(context.swap().failed()).as("its file is not what runs").containsKey("sales");
    assertThat(context.trigger("mornings")).isEqualTo(TriggerState.NORMAL);
    assertThat(context.lines).contains("job sales is put back as it was");
  }

  @Test
  void aJobThatIsOutIsWhatItsNextEditSays() throws Exception {
    context.write("sales", job("sales", "before")).start().swapping();
    context.obstacle.failStart("sales", 2, () -> new IllegalStateException("no memory"));
    context.write("sales", job("sales", "after")).take();
    assertThat(context.runs("sales")).isFalse();

    context.write("sales", job("sales", "before")).take();

    assertThat(context.answer("sales")).isEqualTo("before");
    assertThat(context.swap().failed()).isEmpty();
    assertThat(context.lines).last().asString().startsWith("job sales is changed: ");
  }

  @Test
  void aJobIsToldOfItsSchedules() throws Exception {
    context
        .write("sales", job("sales", "before") + schedule("mornings", MORNING, "sales"))
        .start()
        .swapping();
    context.write("sales", job("sales", "before") + schedule("mornings", NEVER, "sales")).take();
    assertThat(context.swap().failed().get("sales"))
        .startsWith("its schedule mornings is not what runs: ")
        .contains("will never fire");

    context.obstacle.failStart("mornings", 9, () -> new IllegalStateException("no memory"));
    context
        .write("sales", job("sales", "before") + schedule("mornings", "0 0 7 1 1 ?", "sales"))
        .take();

    assertThat(context.runs("mornings")).isFalse();
    assertThat(context.swap().failed())
        .containsEntry(
            "sales",
            "its schedule mornings is not what runs: does not run, since it could not be put back"
                + " after an edit; it is tried again: no memory");
  }

  /** The schedule's cron never fires; the bean is the job's. */
  @Test
  void aGroupIsRefusedAsAWhole() throws Exception {
    context
        .write("beans", bean("greeting", "one"))
        .write("sales", job("sales", "before") + using("mornings", MORNING))
        .start()
        .swapping();
    context.write("sales", job("sales", "greeting") + using("mornings", NEVER)).take();
    assertThat(context.swap().failed()).containsOnlyKeys("mornings", "sales");
    assertThat(context.answer("sales")).isEqualTo("before");

    context.write("beans", bean("greeting", "two")).take();

    assertThat(context.answer("sales")).isEqualTo("before");
    assertThat(context.swap().failed()).containsOnlyKeys("mornings", "sales");
  }

  /** The file without one of its schedules was refused, and then only that schedule was gone. */
  @Test
  void aDeletionIsRefusedWithItsGroup() throws Exception {
    String evenings = schedule("evenings", MORNING, "sales");
    context
        .write("sales", job("sales", "before") + schedule("mornings", MORNING, "sales") + evenings)
        .write("other", job("other", "before"))
        .start()
        .swapping();
    context.write("sales", job("sales", "after") + schedule("mornings", NEVER, "sales")).take();
    assertThat(context.swap().failed()).containsKeys("evenings", "mornings", "sales");

    context.write("other", job("other", "after")).take();

    assertThat(context.answer("other")).isEqualTo("after");
    assertThat(context.answer("sales")).isEqualTo("before");
    assertThat(context.runs("evenings")).isTrue();
  }

  private static String using(String id, String cron) {
    return schedule(id, cron, "sales");
  }

  private static String bean(String name, String text) {
    return """
    - beans:
        - name: %s
          type: java.util.concurrent.atomic.AtomicReference
          properties:
            plain: %s
    """
        .formatted(name, text);
  }

  /** An error ended the look before the other's turn. */
  @Test
  void aGroupThatFailsHoldsUpNoOther() throws Exception {
    context
        .write("returns", job("returns", "before"))
        .write("sales", job("sales", "before"))
        .start()
        .swapping();
    context.obstacle.failEnd("returns", 9, StackOverflowError::new);

    context.write("returns", job("returns", "after")).write("sales", job("sales", "after")).take();

    assertThat(context.answer("sales")).isEqualTo("after");
  }

  @Test
  void aRouteConfigurationThatCannotBeReadLeavesTheOneBefore() throws Exception {
    context
        .write("retries", configuration("1"))
        .write("sales", job("sales", "before"))
        .start()
        .swapping();
    context.write("retries", configuration("many"));

    assertThatThrownBy(context::take).isNotNull();

    assertThat(
            context
                .camel
                .getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteConfigurationDefinitions())
        .extracting(RouteConfigurationDefinition::getId)
        .containsExactly("retries");
  }

  private static String configuration(String retries) {
    return """
    - routeConfiguration:
        id: retries
        onException:
          - onException:
              exception: [java.io.IOException]
              redeliveryPolicy:
                maximumRedeliveryDelay: "%s"
              %s: []
    """
        .formatted(retries, retries.equals("many") ? "stepps" : "steps");
  }

  /** A bean whose start fails as often as a test says. */
  public static final class Delicate {

    static final AtomicInteger FAILURES = new AtomicInteger();
    private boolean ready;

    public void begin() {
      if (FAILURES.getAndDecrement() > 0) {
        throw new IllegalStateException("not yet");
      }
      ready = true;
    }

    boolean isReady() {
      return ready;
    }

    public void setText(String text) {
      assertThat(text).isNotEmpty();
    }
  }

  /** The second time it counted as made. */
  @Test
  void aBeanThatCouldNotBeStartedIsMadeAnew() throws Exception {
    context.write("beans", delicate("one")).start().swapping();
    Delicate before = bean();
    context.write("beans", delicate("two"));
    Delicate.FAILURES.set(1);
    assertThatThrownBy(context::take).hasRootCauseMessage("not yet");
    assertThat(bean()).as("the one before").isSameAs(before);

    context.take();

    assertThat(bean()).isNotSameAs(before);
    assertThat(bean().isReady()).isTrue();
  }

  private Delicate bean() {
    return context.camel.getRegistry().lookupByNameAndType("delicate", Delicate.class);
  }

  private static String delicate(String text) {
    return """
    - beans:
        - name: delicate
          type: dev.writeback.job.RouteSwapTest$Delicate
          initMethod: begin
          properties:
            text: %s
    """
        .formatted(text);
  }
}
