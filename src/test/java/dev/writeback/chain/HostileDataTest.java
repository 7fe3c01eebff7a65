package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpServer;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.writeback.HostileText;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.PolicyDocument;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.StoredObject;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Data never decides: the texts of {@code spec/hostile-data.yaml}, through the shipped chain, with
 * a PostgreSQL ledger, a webhook and a mail server.
 */
class HostileDataTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final String OBJECTS = "arn:aws:s3:::" + Sandbox.BUCKET + "/";
  private static final String RECIPIENT = "ops@acme.example";

  private static final List<JsonNode> POSTS = new CopyOnWriteArrayList<>();
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
  private static Sandbox sandbox;
  private static HttpServer webhook;
  private static GreenMail mails;
  private static ChainContext context;
  private static int jobs;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start();
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/",
        exchange -> {
          POSTS.add(new ObjectMapper().readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    webhook.start();
    mails = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    mails.start();
    context =
        new ChainContext(sandbox)
            .ledger(TestDatabase.POSTGRESQL.create())
            .with("alerts.webhook", "http://127.0.0.1:" + webhook.getAddress().getPort())
            .with("alerts.mail.host", "127.0.0.1")
            .with("alerts.mail.port", String.valueOf(mails.getSmtp().getPort()))
            .with("alerts.mail.to", RECIPIENT)
            .start();
    LOG.start();
    log().addAppender(LOG);
  }

  @AfterAll
  static void stop() {
    log().detachAppender(LOG);
    context.close();
    mails.stop();
    webhook.stop(0);
    sandbox.close();
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger("dev.writeback");
  }

  @BeforeEach
  void empty() {
    sandbox.domo().heal();
    sandbox.s3().empty();
    LOG.list.clear();
  }

  /** Whatever the test was about. */
  @AfterEach
  void eachEventOfTheLogIsALine() {
    assertThat(lines()).isNotEmpty().allSatisfy(HostileText::assertPlain);
  }

  static Stream<HostileText> texts() {
    return HostileText.all();
  }

  private static List<String> lines() {
    return List.copyOf(LOG.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static String job(String dataSet, Map<String, Object> more) throws Exception {
    String job = "job-" + ++jobs;
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", dataSet);
    parameters.put("fileName", job);
    parameters.putAll(more);
    context.job(job, parameters);
    return job;
  }

  private static RunContext run(String job, Instant slot) {
    return RunContext.of(context.run(job, slot));
  }

  private static String landed(String key) {
    return new String(sandbox.s3().bytes(key), StandardCharsets.UTF_8);
  }

  private static RunRecord recorded(String job) {
    return context
        .camel
        .getComponent("ledger", LedgerComponent.class)
        .getLedger()
        .history(job, 1)
        .get(0);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aDataSetsNameIsANameAndNoMore(HostileText text) throws Exception {
    String dataSet = sandbox.domo().table(text.text(), "a\n1\n2\n", "LONG");
    String job =
        job(dataSet, Map.of("selectFilename", "datasetName", "path", "data", "compression", "zip"));

    RunContext run = run(job, SLOT);

    assertThat(run.getOutcome()).as(String.join("\n", lines())).isEqualTo(Outcome.DONE);
    String key = "data/" + text.key() + ".csv.zip";
    StoredObject object = sandbox.s3().objects().get(0);
    assertThat(sandbox.s3().objects()).hasSize(1);
    assertThat(object.key()).isEqualTo(key);
    assertThat(object.metadata().values()).allMatch(value -> value.matches("[ -~]*"));
    assertThat(entries(sandbox.s3().bytes(key)))
        .isEqualTo(Map.of(text.entry() + ".csv", "a\n1\n2\n"));
    assertSessionIsFor(key);
    assertThat(recorded(job).object().key()).isEqualTo(key);
    assertThat(recorded(job).dataSet().name()).isEqualTo(text.text().replace('\0', '\u001A'));
    assertThat(lines())
        .anySatisfy(line -> assertThat(line).contains("data/" + text.shown(text.key()) + ".csv"));
  }

  private static void assertSessionIsFor(String key) {
    String policy = sandbox.sts().calls().get(sandbox.sts().calls().size() - 1).policy();
    assertThat(policy).matches("[ -~]+");
    assertThat(PolicyDocument.allows(policy, "s3:PutObject", OBJECTS + key)).isTrue();
    assertThat(PolicyDocument.allows(policy, "s3:PutObject", OBJECTS + key + "x")).isFalse();
    assertThat(PolicyDocument.allows(policy, "s3:PutObject", OBJECTS + "data/x.csv.zip")).isFalse();
    assertThat(PolicyDocument.allows(policy, "s3:PutObject", OBJECTS + "x/" + key)).isFalse();
  }

  private static Map<String, String> entries(byte[] archive) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void namesOfColumnsAndValuesArrive(HostileText text) throws Exception {
    String field = '"' + text.text().replace("\"", "\"\"") + '"';
    String dataSet =
        sandbox
            .domo()
            .table(
                "Values " + text,
                "%1$s,b\n%1$s,1\nplain,\n%1$s,%1$s\n".formatted(field),
                "STRING",
                "STRING");
    List<List<String>> records =
        List.of(
            List.of(text.text(), "b"),
            List.of(text.text(), "1"),
            List.of("plain", ""),
            List.of(text.text(), text.text()));

    String same = done(job(dataSet, Map.of()), ".csv");
    assertThat(same).isEqualTo(export(dataSet));
    assertThat(read(same, ',')).isEqualTo(records);

    String byPipe = done(job(dataSet, Map.of("delimiter", "pipe", "lineEnd", "crlf")), ".csv");
    assertThat(read(byPipe, '|')).isEqualTo(records);

    String byCamel = done(job(dataSet, Map.of("csvEngine", "camel")), ".csv");
    assertThat(read(byCamel, ',')).isEqualTo(records);

    List<JsonNode> objects = new ArrayList<>();
    for (String line : done(job(dataSet, Map.of("format", "jsonl")), ".jsonl").split("\n")) {
      objects.add(new ObjectMapper().readTree(line));
    }
    assertThat(objects).hasSize(3);
    assertThat(objects.get(0).fieldNames().next()).isEqualTo(text.text());
    assertThat(objects.get(2).get(text.text()).textValue()).isEqualTo(text.text());
    assertThat(objects.get(2).get("b").textValue()).isEqualTo(text.text());
  }

  private static String done(String job, String ending) {
    RunContext run = run(job, SLOT);
    assertThat(run.getOutcome()).as(String.join("\n", lines())).isEqualTo(Outcome.DONE);
    return landed(job + ending);
  }

  private static String export(String dataSet) throws IOException {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    sandbox.domo().writeExport(dataSet, export);
    return export.toString(StandardCharsets.UTF_8);
  }

  private static List<List<String>> read(String csv, char delimiter) {
    return CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(csv).stream()
        .map(CsvRecord::getFields)
        .toList();
  }

  /** With a null, and no other sign of how Domo writes it: the column is asked about in SQL. */
  @ParameterizedTest
  @MethodSource("texts")
  void anIncrementHasTheRowsOfTheExport(HostileText text) throws Exception {
    String field = '"' + text.text().replace("\"", "\"\"") + '"';
    String head = "%1$s,_BATCH_ID_\n%1$s,1\nplain,1\n".formatted(field);
    String dataSet = sandbox.domo().table("Batches " + text, head, "STRING", "LONG");
    String job = job(dataSet, Map.of("onlyNewData", true, "fileName", "<current_date>"));

    assertThat(run(job, SLOT).getOutcome()).isEqualTo(Outcome.DONE);
    sandbox.domo().replace(dataSet, head + ",2\n%1$s,2\n".formatted(field));
    assertThat(run(job, SLOT.plus(Duration.ofDays(1))).getOutcome()).isEqualTo(Outcome.DONE);

    String header = landed("2026-03-30.csv");
    header = header.substring(0, header.indexOf("_BATCH_ID_\n") + "_BATCH_ID_\n".length());
    assertThat(landed("2026-03-29.csv") + landed("2026-03-30.csv").substring(header.length()))
        .isEqualTo(export(dataSet));
    assertThat(sandbox.domo().exports().stream().filter(one -> one.dataSet().equals(dataSet)))
        .as("the first run's export, and a look at it by the second")
        .hasSizeBetween(1, 3);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void anAnswerOfDomoForgesNothing(HostileText text) throws Exception {
    String dataSet = sandbox.domo().table("Refused " + text, "a\n1\n", "LONG");
    sandbox
        .domo()
        .inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).saying("So: " + text.text()));
    POSTS.clear();
    mails.purgeEmailFromAllMailboxes();
    String job = job(dataSet, Map.of());

    RunContext run = run(job, SLOT);

    assertThat(run.getOutcome()).isEqualTo(Outcome.DOMO);
    String words = "(So: " + text.shown(text.text()).replaceAll(" +", " ").strip() + ")";
    assertThat(run.getFailure()).hasMessageContaining(words);
    assertThat(recorded(job).error()).contains(words);
    HostileText.assertPlain(recorded(job).error());
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> POSTS.size() == 1);
    assertThat(POSTS.get(0).get("job").textValue()).isEqualTo(job);
    assertThat(POSTS.get(0).get("message").textValue()).contains(words);
    HostileText.assertPlain(POSTS.get(0).get("message").textValue());
    assertThat(mails.waitForIncomingEmail(60_000, 1)).isTrue();
    MimeMessage mail = mails.getReceivedMessages()[0];
    assertThat(mail.getSubject()).isEqualTo(job + ": failed");
    assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(RECIPIENT);
    assertThat(mail.getContent().toString()).contains(words);
  }
}
