package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.DomoExport;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.StreamCache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {

  private static final String ORDERS = SandboxDomo.ORDERS;
  private static final int MEGABYTE = 1024 * 1024;

  private static Sandbox sandbox;
  private static SandboxDomo domo;
  private SandboxContext context;

  @BeforeAll
  static void startSandbox() throws IOException {
    sandbox = Sandbox.start();
    domo = sandbox.domo();
  }

  @AfterAll
  static void closeSandbox() {
    sandbox.close();
  }

  @BeforeEach
  void startContext() {
    context = new SandboxContext(sandbox.domoUrl());
  }

  @AfterEach
  void closeContext() throws IOException {
    context.close();
    domo.heal();
    domo.setCompressing(false);
    domo.setRefusingCsvWith406(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SandboxDomo.AIRPORTS,
        SandboxDomo.WEATHER,
        SandboxDomo.ORDERS,
        SandboxDomo.ONE_COLUMN
      })
  void givesEveryByteOfTheDataSet(String dataSet) throws Exception {
    assertThat(context.export(dataSet, "strict").readAllBytes()).isEqualTo(original(dataSet));
  }

  @Test
  void tellsTheRunWhatPasses() throws Exception {
    RunContext run = new RunContext("job", Instant.EPOCH, ZoneOffset.UTC);
    run.setDataSetId(ORDERS);

    InputStream body = (InputStream) context.call("domo:export?account=sandbox", null, run);
    long bytes = body.readAllBytes().length;

    assertThat(run.bytesRead()).hasValue(bytes);
    assertThat(run.records()).hasValue(domo.rows(ORDERS));
    assertThat(run.getDataSetName()).isEqualTo(context.dataSet(ORDERS).name());
    assertThat(run.getDataSetUpdated()).isEqualTo(context.dataSet(ORDERS).updatedAt());
  }

  @Test
  void isALiveStreamThatCamelDoesNotTakeForEmpty() throws Exception {
    try (InputStream body = context.export(ORDERS, "strict")) {
      assertThat(body).isNotInstanceOf(StreamCache.class);
      assertThat(body.markSupported()).isTrue();
      body.mark(1024);
      int first = body.read();
      body.reset();
      assertThat(body.available()).isZero();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(first);
      body.transferTo(all);
      assertThat(all.toByteArray()).isEqualTo(original(ORDERS));
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void inflatesACompressedBody() throws Exception {
    domo.setCompressing(true);

    assertThat(context.export(ORDERS, "strict").readAllBytes()).isEqualTo(original(ORDERS));
  }

  @Test
  void refusesACompressedBodyThatWasCutOff() throws Exception {
    domo.setCompressing(true);
    domo.inject(DomoFault.endEarlyAfter(20));

    assertFails(context.export(ORDERS, "off"), Outcome.DOMO, true, "the connection broke");
  }

  @Test
  void refusesABrokenConnection() throws Exception {
    domo.inject(DomoFault.cutAfter(100));

    assertFails(context.export(ORDERS, "off"), Outcome.DOMO, true, "after 100 bytes");
  }

  @Test
  void refusesABodyThatEndsInsideQuotes() throws Exception {
    String csv = new String(original(ORDERS), StandardCharsets.ISO_8859_1);
    domo.inject(DomoFault.endEarlyAfter(csv.indexOf('"') + 1));

    assertFails(
        context.export(ORDERS, "off"), Outcome.DOMO, true, "it ended inside a quoted field");
  }

  static Stream<Case> proofs() {
    return Spec.cases("export-proof");
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void provesAsTheTableSays(Case row) throws Exception {
    for (String verify : List.of("strict", "warn", "off")) {
      domo.heal();
      row.<String>list("faults").forEach(ExportTest::inject);
      InputStream body = context.export(ORDERS, verify);
      String expected = row.text("strict");
      if (!verify.equals("strict") || expected.equals("proved")) {
        assertThat(body.readAllBytes()).as(verify).isNotEmpty();
      } else {
        assertFails(body, Outcome.NOT_PROVED, true, expected);
      }
    }
  }

  private static void inject(String fault) {
    DomoFault injected =
        switch (fault) {
          case "rows missing" -> DomoFault.missingRows(1);
          case "header only" -> DomoFault.headerOnly();
          case "updated" -> DomoFault.updatedDuringExport();
          case "count wrong" -> DomoFault.wrongCount(3);
          case "count cached" -> DomoFault.cachedCount();
          case "count at limit" -> DomoFault.wrongCount(1_000_000);
          case "count refused" -> DomoFault.refuse(Endpoint.QUERY, 400);
          case "count refused once" -> DomoFault.refuse(Endpoint.QUERY, 500).times(1);
          case "metadata refused" -> DomoFault.metadataRefused();
          case "rows lag" -> DomoFault.rowsLagAt(2);
          default -> throw new IllegalArgumentException("no such fault in this test: " + fault);
        };
    domo.inject(injected);
  }

  @Test
  void takesACountThatTimesOutForNoAnswer() throws Exception {
    context.account.setReadTimeout(Duration.ofMillis(300));
    domo.inject(DomoFault.stall(Endpoint.QUERY, 0));

    assertThat(context.export(ORDERS, "strict").readAllBytes()).isEqualTo(original(ORDERS));
  }

  @Test
  void givesUpTheRestOfABodyThatIsClosed() throws Exception {
    String large = domo.generatedOfBytes("large", 100L * MEGABYTE);
    InputStream body = context.export(large, "off");
    assertThat(body.readNBytes(MEGABYTE)).hasSize(MEGABYTE);

    body.close();
    body.close();

    DomoExport export = lastExport();
    await().until(() -> export.state() == DomoExport.State.BROKEN);
    assertThat(export.bytesSent()).isLessThan(20L * MEGABYTE);
    assertThatThrownBy(body::read).isInstanceOf(IOException.class).hasMessageContaining("given up");
  }

  @Test
  void endsAReadThatWaitsWhenItIsClosed() throws Exception {
    domo.inject(DomoFault.stall(Endpoint.EXPORT, 50));
    InputStream body = context.export(ORDERS, "off");
    assertThat(body.readNBytes(50)).hasSize(50);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread reader = new Thread(() -> failure.complete(catchThrowable(body::read)));
    reader.start();
    await().until(() -> isReading(reader));

    body.close();

    assertThat(failure.get()).isInstanceOf(IOException.class).hasMessageContaining("given up");
  }

  private static boolean isReading(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().endsWith("NioSocketImpl"));
  }

  @Test
  void ofAnInterruptedThreadReadsNoMore() throws Exception {
    InputStream body = context.export(ORDERS, "off");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void tellsThatDomoWasSilent() throws Exception {
    context.account.setReadTimeout(Duration.ofMillis(300));
    domo.inject(DomoFault.stall(Endpoint.EXPORT, 50));

    assertFails(context.export(ORDERS, "off"), Outcome.DOMO, true, "after 50 bytes from 127.0.0.1");
    assertThat(lastFailure).hasMessageContaining("Domo was silent for 300 ms");
  }

  @Test
  void repeatsAFailureAtEachRead() throws Exception {
    domo.inject(DomoFault.cutAfter(100));
    InputStream body = context.export(ORDERS, "off");

    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    assertThatThrownBy(body::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("100 bytes");
  }

  @Test
  void keepsAFailedExportFromTheConnectionPool() throws Exception {
    domo.inject(DomoFault.cutAfter(100).times(1));
    assertThatThrownBy(() -> context.export(ORDERS, "off").readAllBytes())
        .isInstanceOf(IOException.class);

    assertThat(context.export(ORDERS, "strict").readAllBytes()).isEqualTo(original(ORDERS));
  }

  private Throwable lastFailure;

  private void assertFails(InputStream body, Outcome outcome, boolean retryable, String words) {
    lastFailure = catchThrowable(body::readAllBytes);
    assertThat(lastFailure).isInstanceOf(IOException.class).hasMessageContaining(words);
    RunException failure = RunException.in(lastFailure);
    assertThat(failure.outcome()).isEqualTo(outcome);
    assertThat(failure.isRetryable()).isEqualTo(retryable);
  }

  private static DomoExport lastExport() {
    return domo.exports().get(domo.exports().size() - 1);
  }

  private static byte[] original(String dataSet) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    domo.writeExport(dataSet, out);
    return out.toByteArray();
  }
}
