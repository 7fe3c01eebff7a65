package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpServer;
import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.app.SandboxSettings;
import dev.writeback.blackbox.Launcher.Ended;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Whatever a run writes shows no secret: {@code spec/planted-secrets.yaml}. They are given as the
 * README says, everything is logged, and runs go well and fail in many ways.
 */
class SecretsIT {

  private static final String WEBHOOK = "WRITEBACK_ALERTS_WEBHOOK";
  private static final String CLIENT_ID = "the-client-id";
  private static final String EVERYTHING = "-Dlogback.configurationFile=everything.xml";

  @TempDir Path directory;
  private final List<String> alerts = new CopyOnWriteArrayList<>();
  private final List<String> jobs = new ArrayList<>();
  private final Map<String, String> written = new LinkedHashMap<>();
  private Sandbox sandbox;
  private EchoingGateway gateway;
  private HttpServer webhook;
  private GreenMail mails;
  private WorkFolder folder;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.builder().hashingSink(true).start();
    gateway = EchoingGateway.start();
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/",
        exchange -> {
          String alert =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          alerts.add(exchange.getRequestHeaders().entrySet() + alert);
          exchange.sendResponseHeaders(alert.contains("\"wrong-secret\"") ? 500 : 200, -1);
          exchange.close();
        });
    webhook.start();
    mails = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    mails.setUser("alerts@acme.example", "alerts", value("WRITEBACK_ALERTS_MAIL_PASSWORD"));
    mails.start();
    folder = WorkFolder.empty(directory);
    String logback = Files.readString(Path.of("src/main/resources/logback.xml"));
    folder.write(
        "everything.xml",
        logback.replace(
            "name=\"dev.writeback\" level=\"INFO\"", "name=\"dev.writeback\" level=\"TRACE\""));
  }

  @AfterEach
  void stop() {
    mails.stop();
    webhook.stop(0);
    gateway.close();
    sandbox.close();
  }

  @Test
  void nothingThatAProcessWritesShowsASecret() throws Exception {
    writeJobs();
    Process process = launcher().start();
    CompletableFuture<String> log = CompletableFuture.supplyAsync(() -> read(process));
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(6))
          .untilAsserted(
              () -> {
                assertThat(sandbox.s3().objects()).hasSize(1);
                for (String job : jobs) {
                  assertThat(alerts).anySatisfy(a -> assertThat(a).contains('"' + job + '"'));
                }
              });
      assertThat(mails.waitForIncomingEmail(300_000, jobs.size())).isTrue();
      written.put(
          "its command line", Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")));
      written.put("status", launcher().run("status", "--json").output());
      for (String page : List.of("/health", "/health/ready", "/metrics")) {
        written.put(page, ask(page));
      }
      for (String command : List.of("Thread.print", "VM.system_properties", "VM.command_line")) {
        written.put("jcmd " + command, jcmd(process, command));
      }
    } finally {
      process.toHandle().destroy();
      process.waitFor();
    }
    written.put("its log", log.get());
    written.put("the webhook's posts", String.join("\n", alerts));
    for (MimeMessage mail : mails.getReceivedMessages()) {
      written.merge("the mails", GreenMailUtil.getWholeMessage(mail), String::concat);
    }
    written.put("history", launcher().run("history", "--json").output());
    for (String job : List.of("works", "wrong-secret", "wrong-external-id")) {
      written.put("check of " + job, launcher().run("check", job).output());
    }
    written.put("policy", launcher().run("policy", "works", "--only", "permissions").output());
    putFiles();

    assertThat(written.get("its log"))
        .contains(" TRACE ", "works done", "wrong-secret failed", "gateway-page-401 failed");
    assertThat(written.get("history")).contains("wrong-external-id");
    assertThat(written.get("status")).contains("wrong-external-id");
    assertThat(written.get("check of wrong-external-id")).contains("External id sent");
    assertThat(written.get("/health")).contains("\"job:wrong-external-id\"", "the last run failed");
    assertThat(written.get("/metrics")).contains("job=\"wrong-external-id\"");
    assertThat(written.get("the file ledger.mv.db")).contains("wrong-external-id");
    assertThat(gateway.repeated()).hasSameSizeAs(EchoingGateway.cases().toList());
    assertThat(sandbox.sts().calls()).anySatisfy(call -> assertThat(call.error()).isNotNull());
    assertNoSecret();
  }

  @Test
  void whatIsRefusedAtStartShowsNoSecretEither() throws Exception {
    writeKey("customer", "SHORT_CUSTOMER_KEY");
    folder.job(
        "short-key",
        Map.of(
            "inputDataset",
            SandboxDomo.ORDERS,
            "fileName",
            "short-key",
            "encryptionMethod",
            "sse-c",
            "encryptionKey",
            "customer"));
    Ended shortKey = launcher().run("run", "short-key");
    assertThat(shortKey.exitCode()).isEqualTo(2);
    written.put("a key of SSE-C is refused", shortKey.output());

    assertThat(launcher().run("history").exitCode()).isZero();
    Ended ledger =
        launcher().environment("LEDGER_PASSWORD", "planted-wrong-ledger-password").run("history");
    assertThat(ledger.exitCode()).isEqualTo(2);
    written.put("the ledger's password is refused", ledger.output());
    putFiles();

    written.forEach(
        (where, text) ->
            assertThat(text).as(where).doesNotContain("planted-wrong-ledger-password"));
    assertNoSecret();
  }

  /** All that may come only from what was planted. */
  private void assertNoSecret() {
    Map<String, String> secrets = new LinkedHashMap<>();
    cases().forEach(row -> secrets.put(row.toString(), row.text("value")));
    gateway.repeated().forEach((name, value) -> secrets.put("credential of " + name, value));
    sandbox.domo().tokens().forEach(token -> secrets.put("access token", token));
    sandbox.sts().calls().stream()
        .filter(call -> call.mintedAccessKeyId() != null)
        .map(call -> sandbox.sts().minted(call.mintedAccessKeyId()))
        .forEach(
            (AwsSessionCredentials session) -> {
              secrets.put("secret key of " + session.accessKeyId(), session.secretAccessKey());
              secrets.put("session token of " + session.accessKeyId(), session.sessionToken());
            });
    List<String> shown = new ArrayList<>();
    written.forEach(
        (where, text) ->
            secrets.forEach(
                (secret, value) ->
                    forms(value)
                        .flatMap(form -> text.lines().filter(line -> line.contains(form)).limit(3))
                        .forEach(line -> shown.add(secret + " in " + where + ": " + line))));
    assertThat(shown).isEmpty();
  }

  private static Stream<String> forms(String secret) {
    return Stream.of(
        secret,
        base64(secret),
        base64(CLIENT_ID + ":" + secret),
        base64(Sandbox.CLIENT_ID + ":" + secret),
        URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<Case> cases() {
    return Spec.cases("planted-secrets");
  }

  private static String value(String variable) {
    return cases()
        .filter(row -> row.text("variable").equals(variable))
        .findFirst()
        .orElseThrow()
        .text("value");
  }

  private Launcher launcher() {
    Map<String, String> settings = new LinkedHashMap<>(SandboxSettings.of(sandbox));
    settings.keySet().removeIf(name -> name.contains("client") || name.contains("external-id"));
    Launcher launcher =
        new Launcher(folder)
            .with(settings)
            .with("writeback.retries", "0")
            .with("writeback.log", "TRACE")
            .with("alerts.mail.host", "127.0.0.1")
            .with("alerts.mail.port", String.valueOf(mails.getSmtp().getPort()))
            .with("alerts.mail.username", "alerts")
            .with("alerts.mail.to", "ops@acme.example")
            .java(EVERYTHING)
            .environment("DOMO_CLIENT_ID", Sandbox.CLIENT_ID)
            .environment("AWS_ACCESS_KEY_ID", Sandbox.ACCESS_KEY_ID)
            .environment("LEDGER_USER", "sa");
    cases().forEach(row -> launcher.environment(row.text("variable"), row.text("value")));
    return launcher.environment(
        WEBHOOK, "http://127.0.0.1:" + webhook.getAddress().getPort() + "/" + value(WEBHOOK));
  }

  private void writeJobs() {
    String big = sandbox.domo().generatedOfBytes("big", 12_000_000);
    writeKey("customer", "CUSTOMER_KEY");
    folder.job(
        "works",
        Map.of(
            "inputDataset",
            big,
            "fileName",
            "works",
            "encryptionMethod",
            "sse-c",
            "encryptionKey",
            "customer"));
    writeAccount("wrong-secret", "{{acme.api-host}}", CLIENT_ID, "WRONG_CLIENT_SECRET");
    failing("wrong-secret", Map.of("account", "wrong-secret"));
    folder.write(
        "routes/wrong-role.camel.yaml",
        """
        - beans:
            - name: wrong-external-id
              type: "#class:dev.writeback.s3.AssumedRole"
              destroyMethod: close
              properties:
                roleArn: "{{landing.role-arn}}"
                externalId: "{{env:WRONG_EXTERNAL_ID}}"
                roleSessionName: wrong
                region: "{{landing.region}}"
                bucket: "{{landing.bucket}}"
                s3Endpoint: "{{landing.s3-endpoint}}"
                pathStyle: "true"
                stsEndpoint: "{{landing.sts-endpoint}}"
        """);
    failing("wrong-external-id", Map.of("role", "wrong-external-id"));
    failing("refused-part", Map.of("inputDataset", big));
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").onPart(2).onKey("refused-part.csv"));
    failing("refused-token", Map.of());
    sandbox.s3().inject(S3Fault.refuse(400, "InvalidToken").onKey("refused-token.csv"));
    EchoingGateway.cases()
        .map(row -> row.text("case"))
        .forEach(
            name -> {
              String job = "gateway-" + name;
              writeAccount(job, gateway.url().toString(), name, "GATEWAY_SECRET");
              failing(job, Map.of("account", job));
            });
    StringBuilder steps = new StringBuilder();
    Stream.concat(Stream.of("works"), jobs.stream())
        .forEach(job -> steps.append("        - wireTap:\n            uri: direct:" + job + "\n"));
    folder.write(
        "routes/all.camel.yaml",
        """
        - route:
            id: all
            description: Runs each job once
            from:
              uri: timer:all
              parameters:
                repeatCount: 1
              steps:
        """
            + steps);
  }

  private void failing(String job, Map<String, Object> parameters) {
    jobs.add(job);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("inputDataset", SandboxDomo.ORDERS);
    all.put("fileName", job);
    all.putAll(parameters);
    folder.job(job, all);
  }

  private void writeKey(String name, String variable) {
    folder.write(
        "routes/key.camel.yaml",
        """
        - beans:
            - name: %s
              type: "#class:dev.writeback.run.EncryptionKey"
              properties:
                value: "{{env:%s}}"
        """
            .formatted(name, variable));
  }

  private void writeAccount(String name, String host, String clientId, String variable) {
    folder.write(
        "routes/account-of-" + name + ".camel.yaml",
        """
        - beans:
            - name: %s
              type: "#class:dev.writeback.domo.DomoAccount"
              properties:
                domoClientId: "%s"
                domoClientSecret: "{{env:%s}}"
                apiHost: "%s"
        """
            .formatted(name, clientId, variable, host));
  }

  /** What the program has left in its folder. */
  private void putFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.path())) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        written.put(
            "the file " + folder.path().relativize(file),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** What the management port answers without a token. */
  private String ask(String page) throws Exception {
    Properties running = new Properties();
    try (InputStream in = Files.newInputStream(folder.path().resolve("running.properties"))) {
      running.load(in);
    }
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(running.getProperty("url") + page)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String jcmd(Process process, String command) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    String answer = read(asked);
    assertThat(asked.waitFor()).as(answer).isZero();
    return answer;
  }

  private static String read(Process process) {
    try {
      return Launcher.read(process.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
