package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.ledger.LedgerComponent;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.camel.component.quartz.QuartzComponent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that the clock fires: several schedules of one, and many at the same second. */
class SchedulesTest {

  private static final int MANY = 50;

  private Sandbox sandbox;
  private ChainContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new ChainContext(sandbox);
  }

  @AfterEach
  void stop() {
    context.camel.getShutdownStrategy().setTimeout(5);
    context.close();
    sandbox.close();
  }

  private static Map<String, Object> parameters(String fileName) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.put("fileName", fileName);
    parameters.put("overwrite", true);
    return parameters;
  }

  private void schedule(String id, String cron, String zone, String job) throws Exception {
    context.yaml(
        id + ".camel.yaml",
        """
        - route:
            id: %s
            from:
              uri: quartz:writeback/%s
              parameters:
                cron: "%s"
                trigger.timeZone: %s
                stateful: true
              steps:
                - to: direct:%s
        """
            .formatted(id, id, cron, zone, job));
  }

  @Test
  void aScheduleGivesItsSlotAndItsZoneToTheJob() throws Exception {
    context.job("job", parameters("orders"));
    schedule("never", "0 0 0 1 1 ? 2099", "Pacific/Kiritimati", "job");
    schedule("each-second", "* * * * * ?", "Pacific/Kiritimati", "job");
    Instant before = Instant.now();
    context.start();

    LedgerComponent ledger = context.camel.getComponent("ledger", LedgerComponent.class);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ledger.getLedger().lastComplete("job").isPresent());

    var run = ledger.getLedger().lastComplete("job").orElseThrow();
    assertThat(run.zone()).hasToString("Pacific/Kiritimati");
    assertThat(run.scheduled()).isTrue();
    assertThat(run.slot()).isAfterOrEqualTo(before.minusSeconds(1));
    assertThat(run.slot().getNano()).as("a time of the cron").isZero();
    assertThat(sandbox.s3().object("orders.csv").orElseThrow().metadata())
        .containsEntry("job", "job");
  }

  /** More than half of them fail, and wait for an hour for their next attempt. */
  @Test
  void manyAtTheSameSecondAllRunThoughOthersWait() throws Exception {
    context.with("writeback.retries", "1").with("writeback.retry-delay", "1h");
    context.with("writeback.retry-delay-limit", "1h");
    context.camel.getComponent("quartz", QuartzComponent.class).setProperties(quartz());
    int failing = MANY / 2 + 1;
    try (Sandbox down = Sandbox.start()) {
      down.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500));
      context.account("down", down);
      for (int i = 0; i < MANY; i++) {
        Map<String, Object> parameters = parameters("orders-" + i);
        if (i < failing) {
          parameters.put("account", "down");
        }
        context.job("job-" + i, parameters);
        schedule("schedule-" + i, "0/10 * * * * ?", "UTC", "job-" + i);
      }
      context.start();

      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> sandbox.s3().objects().size() == MANY - failing && exports(down) >= failing);
      assertThat(exports(down)).as("of those that wait each has asked once").isEqualTo(failing);
      assertThat(sandbox.s3().objects())
          .extracting(StoredObject::key)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(failing, MANY).mapToObj(i -> "orders-" + i + ".csv").toList());
    }
  }

  private static long exports(Sandbox sandbox) {
    return sandbox.domo().calls().stream().filter(call -> call.path().endsWith("/data")).count();
  }

  /** As the shipped settings have it. */
  private static Map<String, Object> quartz() throws IOException {
    Properties settings = new Properties();
    try (var in = Files.newInputStream(Path.of("application.properties"))) {
      settings.load(in);
    }
    String prefix = "camel.component.quartz.properties[";
    Map<String, Object> quartz = new LinkedHashMap<>();
    settings
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(prefix)) {
                quartz.put(
                    name.substring(prefix.length(), name.length() - 1), settings.getProperty(name));
              }
            });
    return quartz;
  }
}
