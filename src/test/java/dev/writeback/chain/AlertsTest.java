package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpServer;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunRequest;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who is told of what: the shipped {@code writeback} and {@code alerts}, with real servers. */
class AlertsTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final String NOBODY = "deadbeef-1111-4222-8333-444455556666";
  private static final String TOKEN = "s3cr3t-t0ken";

  private record Post(String path, String contentType, JsonNode alert) {}

  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final Logger alerts = (Logger) LoggerFactory.getLogger("dev.writeback.alerts");
  private volatile int answer = 200;
  private HttpServer webhook;
  private Sandbox sandbox;
  private ChainContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new ChainContext(sandbox);
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/",
        exchange -> {
          posts.add(
              new Post(
                  exchange.getRequestURI().toString(),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  new ObjectMapper().readTree(exchange.getRequestBody())));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    webhook.start();
    told.start();
    alerts.addAppender(told);
  }

  @AfterEach
  void stop() {
    context.close();
    sandbox.close();
    webhook.stop(0);
    alerts.detachAppender(told);
  }

  private void withWebhook() {
    context.with(
        "alerts.webhook",
        "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook?token=" + TOKEN);
  }

  private void job(String dataSet, Map<String, Object> more) throws Exception {
    Map<String, Object> parameters = new java.util.LinkedHashMap<>(more);
    parameters.put("inputDataset", dataSet);
    parameters.put("fileName", "orders");
    parameters.put("overwrite", true);
    context.job("job", parameters).start();
  }

  private Post awaitPost(int number) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> posts.size() >= number);
    return posts.get(number - 1);
  }

  private List<String> lines() {
    return List.copyOf(told.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aFailureThatIsNotRepeatedIsPostedAsJson() throws Exception {
    withWebhook();
    job(NOBODY, Map.of());

    RunContext run = RunContext.of(context.run("job", SLOT));

    Post post = awaitPost(1);
    assertThat(post.path()).isEqualTo("/hook?token=" + TOKEN);
    assertThat(post.contentType()).isEqualTo("application/json");
    assertThat(post.alert().get("event").asText()).isEqualTo("failed");
    assertThat(post.alert().get("job").asText()).isEqualTo("job");
    assertThat(post.alert().get("description").asText()).isEqualTo("A job of the test");
    assertThat(post.alert().get("run").asText()).isEqualTo(run.getId());
    assertThat(post.alert().get("slot").asText()).isEqualTo(SLOT.toString());
    assertThat(post.alert().get("attempt").asInt()).isEqualTo(1);
    assertThat(post.alert().get("outcome").asText()).isEqualTo("domo");
    assertThat(post.alert().get("dataSet").asText()).isEqualTo(NOBODY);
    assertThat(post.alert().get("message").asText())
        .startsWith("failed, a repetition would not help: ")
        .contains("404");
    assertThat(Instant.parse(post.alert().get("time").asText())).isAfter(SLOT);
  }

  @Test
  void aFailureThatWasRepeatedIsToldOnceAndAlsoItsRecovery() throws Exception {
    withWebhook();
    context.with("writeback.retries", "2");
    job(SandboxDomo.ORDERS, Map.of());
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).times(3));

    context.run("job", SLOT);
    Post failed = awaitPost(1);
    context.run("job", SLOT.plusSeconds(60));
    Post recovered = awaitPost(2);
    context.run("job", SLOT.plusSeconds(120));

    assertThat(failed.alert().get("message").asText()).startsWith("gave up after attempt 3: ");
    assertThat(recovered.alert().get("event").asText()).isEqualTo("recovered");
    assertThat(recovered.alert().get("outcome").asText()).isEqualTo("done");
    assertThat(recovered.alert().get("object").asText()).isEqualTo("s3://landing/orders.csv");
    assertThat(recovered.alert().get("slot").asText()).isEqualTo(SLOT.plusSeconds(60).toString());
    context.close();
    assertThat(posts).as("of the second success nobody hears").hasSize(2);
    assertThat(lines())
        .hasSize(2)
        .anySatisfy(
            line -> assertThat(line).matches("job gave up: run \\S+, attempt 3, outcome domo"))
        .contains("job is well again after a failure");
  }

  /** Whoever runs it looks on; but who was told of a failure is told that it is over. */
  @Test
  void ofARunByHandThatFailsOnlyTheLogHears() throws Exception {
    withWebhook();
    job(SandboxDomo.ORDERS, Map.of());
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404).times(1));

    runByHand(SLOT);

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(lines())
                    .singleElement()
                    .asString()
                    .matches("job gave up: run \\S+, attempt 1, outcome domo, by hand"));
    context.run("job", SLOT.plusSeconds(60));
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404).times(1));
    context.run("job", SLOT.plusSeconds(120));
    Post failed = awaitPost(1);
    runByHand(SLOT.plusSeconds(180));
    Post recovered = awaitPost(2);
    context.close();

    assertThat(failed.alert().get("slot").asText()).isEqualTo(SLOT.plusSeconds(120).toString());
    assertThat(failed.alert().get("byHand").asBoolean()).isFalse();
    assertThat(recovered.alert().get("event").asText()).isEqualTo("recovered");
    assertThat(recovered.alert().get("byHand").asBoolean()).isTrue();
    assertThat(posts).hasSize(2);
  }

  private void runByHand(Instant slot) {
    context
        .camel
        .createProducerTemplate()
        .send(
            "direct:job",
            exchange -> {
              exchange.setProperty(RunRequest.SLOT, slot);
              exchange.setProperty(RunRequest.BY_HAND, true);
            });
  }

  @Test
  void aFailureIsOneLineOfLevelErrorInTheLogAndWhyIsSaidThere() throws Exception {
    ListAppender<ILoggingEvent> all = new ListAppender<>();
    Logger writeback = (Logger) LoggerFactory.getLogger("dev.writeback");
    all.start();
    writeback.addAppender(all);
    try {
      job(NOBODY, Map.of());
      context.run("job", SLOT);
      context.close();
    } finally {
      writeback.detachAppender(all);
    }
    assertThat(all.list)
        .filteredOn(line -> line.getLevel() == Level.ERROR)
        .extracting(ILoggingEvent::getLoggerName)
        .containsExactly("dev.writeback.runs");
    assertThat(told.list)
        .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
        .singleElement()
        .satisfies(line -> assertThat(line.toList().get(0)).isEqualTo(Level.WARN));
  }

  @Test
  void aRunThatFindsItsJobRunningRaisesNone() throws Exception {
    withWebhook();
    List<RunContext> overlapped = new CopyOnWriteArrayList<>();
    context
        .camel
        .getCamelContextExtension()
        .addInterceptStrategy(
            (camel, definition, target, next) ->
                definition instanceof ToDefinition to && to.getUri().startsWith("domo:export")
                    ? (Processor)
                        exchange -> {
                          overlapped.add(RunContext.of(context.run("job", SLOT.plusSeconds(60))));
                          target.process(exchange);
                        }
                    : target);
    job(SandboxDomo.ORDERS, Map.of());

    assertThat(RunContext.of(context.run("job", SLOT)).isDone()).isTrue();
    context.close();

    assertThat(overlapped).extracting(RunContext::getOutcome).containsExactly(Outcome.OVERLAP);
    assertThat(posts).isEmpty();
    assertThat(lines()).isEmpty();
  }

  @Test
  void anAlertThatIsRefusedIsToldWithoutTheAddressAndChangesNothing() throws Exception {
    withWebhook();
    answer = 500;
    job(NOBODY, Map.of());

    RunContext run = RunContext.of(context.run("job", SLOT));

    assertThat(run.getOutcome()).isEqualTo(Outcome.DOMO);
    awaitPost(3);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(lines())
                    .contains(
                        "an alert was not delivered by writeback-alert-webhook: the answer was"
                            + " 500"));
    assertThat(lines()).noneMatch(line -> line.contains(TOKEN));
  }

  @Test
  void anAlertThatNobodyTakesIsToldWithoutTheAddress() throws Exception {
    withWebhook();
    webhook.stop(0);
    job(NOBODY, Map.of());

    RunContext run = RunContext.of(context.run("job", SLOT));

    assertThat(run.getOutcome()).isEqualTo(Outcome.DOMO);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(lines()).anyMatch(line -> line.contains("was not delivered")));
    assertThat(lines()).noneMatch(line -> line.contains(TOKEN));
  }

  @Test
  void nothingIsPostedUnlessItIsAskedFor() throws Exception {
    job(NOBODY, Map.of());
    context.run("job", SLOT);
    context.close();
    assertThat(posts).isEmpty();
    assertThat(lines()).hasSize(1);
  }

  @Test
  void aFailureIsMailed() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.setUser("alerts@acme.example", "alerts", "p+ss w%rd&");
    server.start();
    try {
      context
          .with("alerts.mail.host", "127.0.0.1")
          .with("alerts.mail.port", String.valueOf(server.getSmtp().getPort()))
          .with("alerts.mail.username", "alerts")
          .with("alerts.mail.password", "p+ss w%rd&")
          .with("alerts.mail.from", "writeback@acme.example")
          .with("alerts.mail.to", "ops@acme.example");
      job(NOBODY, Map.of());

      context.run("job", SLOT);

      assertThat(server.waitForIncomingEmail(30_000, 1)).isTrue();
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getSubject()).isEqualTo("job: failed");
      assertThat(mail.getFrom())
          .extracting(Object::toString)
          .containsExactly("writeback@acme.example");
      assertThat(mail.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("ops@acme.example");
      assertThat(mail.getContent().toString())
          .contains("job failed, a repetition would not help: ")
          .contains("A job of the test")
          .contains(SLOT.toString());
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerThatAsksForNoUserIsSentTo() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.start();
    try {
      context
          .with("alerts.mail.host", "127.0.0.1")
          .with("alerts.mail.port", String.valueOf(server.getSmtp().getPort()))
          .with("alerts.mail.to", "ops@acme.example");
      job(NOBODY, Map.of());

      context.run("job", SLOT);

      assertThat(server.waitForIncomingEmail(30_000, 1)).isTrue();
    } finally {
      server.stop();
    }
  }

  @Test
  void aJobWithoutAFreshObjectIsToldOnce() throws Exception {
    withWebhook();
    context.with("alerts.freshness-period", "50ms");
    job(SandboxDomo.ORDERS, Map.of("freshWithin", "200ms"));
    Post never = awaitPost(1);
    assertThat(never.alert().get("event").asText()).isEqualTo("stale");
    assertThat(never.alert().get("message").asText()).startsWith("has never had a complete object");

    context.run("job", SLOT);
    Post again = awaitPost(2);

    assertThat(again.alert().get("job").asText()).isEqualTo("job");
    assertThat(again.alert().get("description").asText()).isEqualTo("A job of the test");
    assertThat(again.alert().get("message").asText())
        .startsWith("has had no complete object since ")
        .endsWith(", and states freshWithin 200 ms");
    context.run("job", SLOT.plusSeconds(1));
    awaitPost(3);
    context.close();
    assertThat(posts).as("one for each time that it grew old").hasSize(3);
  }

  @Test
  void aWebhookThatIsNoAddressIsRefusedAndNotShown() throws IOException {
    context.with("alerts.webhook", TOKEN);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> job(NOBODY, Map.of()))
        .rootCause()
        .hasMessageContaining("bean writebackWebhook: url - not a web address")
        .hasMessageNotContaining(TOKEN);
  }
}
