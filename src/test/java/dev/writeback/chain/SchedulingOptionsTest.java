package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunRequest;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.LifecycleStrategy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * Every parameter of the Scheduling pane does something; the columns are described in {@code
 * spec/scheduling-options.yaml}.
 */
class SchedulingOptionsTest {

  private static final Instant LONG_AGO = Instant.parse("2024-02-29T06:00:00Z");
  private static final int NONE_MISSED = 1;

  private Sandbox sandbox;
  private ChainContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context =
        new ChainContext(sandbox)
            .with("writeback.retries", "3")
            .with("writeback.retry-delay", "1000ms")
            .with("writeback.retry-delay-limit", "1500ms")
            .with("alerts.freshness-period", "1h");
  }

  @AfterEach
  void stop() {
    context.close();
    sandbox.close();
  }

  static Stream<Spec.Case> cases() {
    return Spec.cases("scheduling-options");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void arrives(Spec.Case row) throws Exception {
    row.map("settings").forEach((name, value) -> context.with(name, value.toString()));
    Map<String, Object> parameters = new LinkedHashMap<>(row.map("parameters"));
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.put("fileName", "orders");
    parameters.put("overwrite", true);
    context.job("job", parameters);
    context.yaml(
        "yearly.camel.yaml",
        """
        - route:
            id: yearly
            from:
              uri: quartz:writeback/yearly
              parameters:
                cron: "0 0 6 29 2 ?"
                trigger.timeZone: UTC
                stateful: true
              steps:
                - to: direct:job
        """);
    context.start();
    // Who looks for stale jobs here is the test.
    context.camel.getRouteController().stopRoute("writeback-freshness");
    if (row.has("refusals")) {
      sandbox
          .domo()
          .inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).times(row.number("refusals")));
    }

    Exchange exchange = run();

    if (row.has("attempts")) {
      assertThat(RunContext.of(exchange).getAttempt()).isEqualTo(row.number("attempts"));
    }
    if (row.has("pause")) {
      List<Integer> pause = row.list("pause");
      assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class))
          .isBetween(pause.get(0).longValue(), pause.get(1).longValue());
    }
    if (row.has("missed")) {
      startAgain();
      assertThat(triggers()).as("triggers").isEqualTo(NONE_MISSED + (row.flag("missed") ? 1 : 0));
    }
    if (row.has("stale")) {
      if (row.flag("stale")) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> stale().size() == 1);
      }
      assertThat(stale()).as("what has not been told yet").isEmpty();
    }
  }

  private Exchange run() {
    return context
        .camel
        .createProducerTemplate()
        .send(
            "direct:job",
            call -> {
              call.setProperty(RunRequest.SLOT, LONG_AGO.minusSeconds(1));
              call.setProperty(RunRequest.SCHEDULED, true);
            });
  }

  private void startAgain() throws Exception {
    for (LifecycleStrategy strategy : context.camel.getLifecycleStrategies()) {
      strategy.onContextStarted(context.camel);
    }
  }

  private int triggers() throws Exception {
    QuartzComponent quartz = context.camel.getComponent("quartz", QuartzComponent.class);
    // Nothing fires while it is looked at.
    quartz.getScheduler().standby();
    return quartz.getScheduler().getTriggerKeys(GroupMatcher.anyGroup()).size();
  }

  private List<?> stale() {
    return context.camel.createProducerTemplate().requestBody("ledger:stale", null, List.class);
  }
}
