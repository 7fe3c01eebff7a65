package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.run.Outcome;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running program tells whoever watches it, without a token. */
class HealthAndMetricsTest {

  private static final String JOB = "orders-by-hand";

  @TempDir Path folder;
  private Sandbox sandbox;
  private CommandLineRun commands;
  private Main program;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    commands =
        new CommandLineRun(sandbox)
            .with(ManagementPort.PORT, "0")
            .with("writeback.retry-delay", "1")
            .with("camel.main.shutdownTimeout", "1")
            .with(LedgerDatabase.URL, "jdbc:h2:file:" + folder.resolve("ledger"));
    program = new Jobs().scheduled();
    program.start();
    assertThat(RunningProgram.find()).isPresent();
  }

  @AfterEach
  void stop() {
    program.stop();
    commands.close();
    sandbox.close();
  }

  private static HttpResponse<String> ask(String path) throws Exception {
    URI uri = URI.create(RunningFile.read().orElseThrow().url() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** What the ledger tells is known for a second. */
  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion);
  }

  private static JsonNode check(String path, String name) throws Exception {
    for (JsonNode check : new ObjectMapper().readTree(ask(path).body()).get("checks")) {
      if (check.get("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError(path + " has no " + name);
  }

  /** A job that fails is mended by a change, which a deployment must be able to bring. */
  @Test
  void aJobThatFailsIsToldAndHoldsNothingUp() throws Exception {
    assertThat(ask("/health").statusCode()).isEqualTo(200);
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404));
    assertThat(commands.execute("run", JOB, "--retry")).isEqualTo(4);

    assertThat(ask("/health/live").statusCode()).isEqualTo(200);
    assertThat(ask("/health/ready").statusCode()).isEqualTo(200);
    eventually(
        () ->
            assertThat(check("/health/ready", "job:" + JOB).path("message").asText())
                .matches("the last run failed, domo, at [0-9T:+Z-]+"));
    commands.execute("history", JOB);
    assertThat(commands.out()).contains("Domo answered 404");
    assertThat(value("writeback_last_run_failed{job=\"orders-by-hand\"}")).hasValue(1.0);
    assertThat(check("/health/ready", "job:" + JOB).get("status").asText()).isEqualTo("UP");
    assertThat(ask("/health").statusCode()).isEqualTo(503);
    assertThat(check("/health", "job:" + JOB).get("status").asText()).isEqualTo("DOWN");
    assertThat(check("/health", "job:airports-nightly").get("status").asText()).isEqualTo("UP");

    sandbox.domo().heal();
    assertThat(commands.execute("run", JOB)).as(commands.err()).isZero();

    eventually(() -> assertThat(ask("/health").statusCode()).isEqualTo(200));
  }

  /** Whoever ran it looks on; nobody is to be called out of bed. */
  @Test
  void aRunByHandThatFailsIsNoMatterOfTheJobsHealth() throws Exception {
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404));
    assertThat(commands.execute("run", JOB)).isEqualTo(4);

    assertThat(value("writeback_runs_total{job=\"orders-by-hand\",outcome=\"domo\"}"))
        .hasValue(1.0);
    assertThat(ask("/health").statusCode()).isEqualTo(200);
    assertThat(value("writeback_last_run_failed{job=\"orders-by-hand\"}")).hasValue(0.0);
    commands.execute("history", "--json");
    assertThat(commands.out()).contains("\"byHand\":true", "\"outcome\":\"domo\"");
    commands.execute("status", "--json");
    assertThat(commands.out()).contains("\"outcome\":\"domo\"");
  }

  /** A text is what it says, however often it is escaped on its way. */
  @Test
  void isJsonThatHoldsWhatIsMeant() throws Exception {
    HealthCheckRegistry.get(program.getCamelContext())
        .register(
            new AdvisoryCheck("quoted") {
              @Override
              List<String> problems() {
                return List.of("a \"quoted\" \\ text / of K\u00f6ln\nin two lines");
              }
            });

    assertThat(check("/health", "quoted").get("message").asText())
        .isEqualTo("a \"quoted\" \\ text / of K\u00f6ln\nin two lines");
  }

  /** Camel's own lets who asks choose how much is told. */
  @Test
  void tellsNoMoreOnDemand() throws Exception {
    assertThat(ask("/health?exposureLevel=full&stackTrace=true&data=true").body())
        .doesNotContain("data", "stack");
  }

  @Test
  void isNotReadyBeforeTheJobsAreStarted() throws Exception {
    program.stop();
    Map<String, Integer> early = new ConcurrentHashMap<>();
    program = new Jobs().scheduled();
    program.addMainListener(
        new MainListenerSupport() {
          @Override
          public void afterConfigure(BaseMainSupport configuring) {
            // Before all others: the context has started, and who starts the jobs has not ended.
            configuring
                .getCamelContext()
                .getLifecycleStrategies()
                .add(
                    0,
                    new LifecycleStrategySupport() {
                      @Override
                      public void onContextStarted(CamelContext context) {
                        early.putAll(statuses(context));
                      }
                    });
          }
        });

    program.start();

    assertThat(early).isEqualTo(Map.of("/health/live", 200, "/health/ready", 503, "/health", 503));
    assertThat(ask("/health/ready").statusCode()).isEqualTo(200);
  }

  private static Map<String, Integer> statuses(CamelContext context) {
    int port = context.hasService(VertxPlatformHttpServer.class).getPort();
    return List.of("/health/live", "/health/ready", "/health").stream()
        .collect(
            Collectors.toMap(
                Function.identity(), path -> status("http://127.0.0.1:" + port + path)));
  }

  private static int status(String url) {
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(url, e);
    }
  }

  @Test
  void startsWithoutMetrics() throws Exception {
    program.stop();
    commands.with("camel.metrics.enabled", "false");
    program = new Jobs().scheduled();
    program.start();

    assertThat(ask("/health/ready").statusCode()).isEqualTo(200);
    assertThat(ask("/metrics").statusCode()).isEqualTo(404);
    assertThat(commands.execute("run", JOB)).as(commands.err()).isZero();
  }

  @Test
  void aRunThatIsOpenIsTold() throws Exception {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.HEAD_OBJECT));
    sandbox.s3().inject(S3Fault.refuse(500, "InternalError").on(S3Operation.PUT_OBJECT));
    assertThat(commands.execute("run", JOB)).isEqualTo(5);

    eventually(
        () ->
            assertThat(check("/health", "job:" + JOB).path("message").asText())
                .contains(" is open: the job's next run finishes it first"));
    assertThat(value("writeback_open_runs{job=\"orders-by-hand\"}")).hasValue(1.0);
    commands.execute("status", "--json");
    assertThat(commands.out())
        .contains("\"job\":\"" + JOB + "\",\"state\":\"by hand\",\"open\":1}");
  }

  @Test
  void withoutItsLedgerTheProgramIsNotReadyButLives() throws Exception {
    ((HikariDataSource)
            program.getCamelContext().getComponent("ledger", LedgerComponent.class).getDataSource())
        .close();

    assertThat(ask("/health/ready").statusCode()).isEqualTo(503);
    assertThat(check("/health/ready", "ledger").get("status").asText()).isEqualTo("DOWN");
    assertThat(ask("/health/live").statusCode()).isEqualTo(200);
    eventually(
        () ->
            assertThat(value("writeback_last_run_failed{job=\"orders-by-hand\"}"))
                .hasValue(Double.NaN));
    assertThat(check("/health", "job:" + JOB).get("message").asText())
        .isEqualTo("not known: the ledger is not reached");
  }

  @Test
  void tellsOfTheRunThatIsUnderWay() throws Exception {
    String large = sandbox.domo().generatedOfBytes("large", 40_000_000);
    sandbox.domo().inject(DomoFault.stall(DomoFault.Endpoint.EXPORT, 30_000_000));
    long before = Instant.now().getEpochSecond();
    program.getCamelContext().addRoutes(job("large", large));
    assertThat(value("writeback_running_since_timestamp_seconds{job=\"large\"}")).hasValue(0.0);
    assertThat(value("writeback_session_left_seconds{job=\"large\"}")).hasValue(Double.NaN);

    program.getCamelContext().createProducerTemplate().asyncSendBody("direct:large", null);

    eventually(
        () ->
            assertThat(value("writeback_session_left_seconds{job=\"large\"}").orElseThrow())
                .isBetween(1.0, 3600.0));
    eventually(
        () ->
            assertThat(value("writeback_running_bytes{job=\"large\"}").orElseThrow())
                .isGreaterThan(1_000_000.0));
    assertThat(value("writeback_running_rows{job=\"large\"}").orElseThrow()).isPositive();
    assertThat(value("writeback_running_since_timestamp_seconds{job=\"large\"}").orElseThrow())
        .isBetween((double) before, Instant.now().getEpochSecond() + 1.0);
    assertThat(value("writeback_buffer_in_use_bytes").orElseThrow()).isPositive();
    assertThat(value("writeback_session_left_seconds{job=\"orders-by-hand\"}"))
        .hasValue(Double.NaN);
  }

  /** As a reload does it; whatever is loaded is told, and nothing else. */
  @Test
  void aJobThatIsGoneIsNotToldAnyMore() throws Exception {
    program.getCamelContext().addRoutes(job("added", SandboxDomo.ORDERS));
    assertThat(value("writeback_retries_total{job=\"added\"}")).hasValue(0.0);
    eventually(() -> check("/health", "job:added"));

    program.getCamelContext().getRouteController().stopRoute("added");
    eventually(
        () ->
            assertThat(check("/health", "job:added").path("message").asText())
                .isEqualTo("its route is stopped"));
    program.getCamelContext().removeRoute("added");

    assertThat(ask("/metrics").body()).doesNotContain("added");
    assertThat(ask("/health").body()).doesNotContain("added");
  }

  private static RouteBuilder job(String id, String dataSet) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:" + id)
            .routeId(id)
            .routeConfigurationId("writeback")
            .toF(
                "kamelet:domo-s3-writeback?account=acme&role=landing&inputDataset=%s&fileName=%s",
                dataSet, id);
      }
    };
  }

  @Test
  void countsWhatHasBeenWritten() throws Exception {
    long before = Instant.now().getEpochSecond();
    assertThat(value("writeback_runs_total{job=\"orders-by-hand\",outcome=\"done\"}"))
        .hasValue(0.0);
    assertThat(value("writeback_last_success_timestamp_seconds{job=\"orders-by-hand\"}"))
        .hasValue(Double.NaN);

    commands.execute("run", JOB, "--at", "2026-03-29");

    assertThat(value("writeback_runs_total{job=\"orders-by-hand\",outcome=\"done\"}"))
        .hasValue(1.0);
    double bytes = sandbox.s3().bytes("sales/orders/orders_2026-03-28.csv").length;
    assertThat(value("writeback_written_rows_total{job=\"orders-by-hand\"}")).hasValue(12.0);
    assertThat(value("writeback_written_bytes_total{job=\"orders-by-hand\"}")).hasValue(bytes);
    eventually(
        () ->
            assertThat(value("writeback_last_success_rows{job=\"orders-by-hand\"}"))
                .hasValue(12.0));
    assertThat(value("writeback_last_success_bytes{job=\"orders-by-hand\"}")).hasValue(bytes);
    assertThat(value("writeback_last_success_age_seconds{job=\"orders-by-hand\"}").orElseThrow())
        .isBetween(0.0, 600.0);
    assertThat(value("writeback_run_seconds_count{job=\"orders-by-hand\"}")).hasValue(1.0);
    assertThat(value("writeback_retries_total{job=\"orders-by-hand\"}")).hasValue(0.0);
    assertThat(value("writeback_last_run_failed{job=\"orders-by-hand\"}")).hasValue(0.0);
    assertThat(
            value("writeback_last_success_timestamp_seconds{job=\"orders-by-hand\"}").orElseThrow())
        .isBetween((double) before, Instant.now().getEpochSecond() + 1.0);
    assertThat(value("writeback_buffer_in_use_bytes")).hasValue(0.0);
    assertThat(value("writeback_runs_total{job=\"airports-nightly\",outcome=\"done\"}"))
        .hasValue(0.0);
  }

  @Test
  void countsARunOnceHoweverOftenItIsTried() throws Exception {
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 503).times(2));

    assertThat(commands.execute("run", JOB, "--retry")).as(commands.out()).isZero();

    assertThat(value("writeback_runs_total{job=\"orders-by-hand\",outcome=\"done\"}"))
        .hasValue(1.0);
    assertThat(value("writeback_runs_total{job=\"orders-by-hand\",outcome=\"domo\"}"))
        .hasValue(0.0);
    assertThat(value("writeback_retries_total{job=\"orders-by-hand\"}")).hasValue(2.0);
  }

  /** Nothing is told that docs/metrics.md does not know, and all of it is. */
  @Test
  void tellsTheMetricsOfTheListAndNoOthers() throws Exception {
    commands.execute("run", JOB);
    String scrape = ask("/metrics").body();

    Set<String> told =
        Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE)
            .matcher(scrape)
            .results()
            .map(type -> type.group(1) + " " + type.group(2))
            .filter(type -> !type.startsWith("writeback_run_seconds_max "))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(told)
        .isEqualTo(
            Arrays.stream(Metric.values())
                .map(metric -> metric.prometheus() + " " + metric.kind().prometheus())
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(scrape).doesNotContain(Sandbox.CLIENT_SECRET, Sandbox.EXTERNAL_ID);
  }

  /** Whatever Domo calls the DataSet, and says. */
  @Test
  void aLabelIsAJobOrAnOutcomeAndNoTextFromDomo() throws Exception {
    String hostile = "x\"} 1\nwriteback_forged{job=\"";
    sandbox.domo().rename(SandboxDomo.ORDERS, hostile);
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).saying(hostile));
    assertThat(commands.execute("run", JOB)).isEqualTo(4);

    String scrape = ask("/metrics").body();

    assertThat(scrape).contains("writeback_").doesNotContain("forged");
    Set<String> labels = new TreeSet<>();
    Pattern.compile("[{,](\\w+)=\"([^\"]*)\"")
        .matcher(scrape)
        .results()
        .forEach(label -> labels.add(label.group(1) + " " + label.group(2)));
    Set<String> known = new TreeSet<>();
    JobStates.jobs(program.getCamelContext()).forEach(job -> known.add("job " + job.getRouteId()));
    for (Outcome outcome : Outcome.values()) {
      known.add("outcome " + outcome.inWords());
    }
    assertThat(labels).isEqualTo(known);
  }

  private static Optional<Double> value(String series) throws Exception {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(ask("/metrics").body());
    return line.find() ? Optional.of(Double.valueOf(line.group(1))) : Optional.empty();
  }
}
