package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Watermark;
import dev.writeback.sandbox.CsvShape;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code domo:increment}: the bytes that the export has for the same rows. */
class IncrementTest {

  private static final int LIMIT = 1_000_000;

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
    domo.setCsvShape(CsvShape.DEFAULT);
  }

  private InputStream increment(String dataSet, Watermark range, String verify, int rowsPerPage)
      throws Exception {
    RunContext run = new RunContext("job", Instant.EPOCH, ZoneOffset.UTC);
    run.setWatermark(range);
    return (InputStream)
        context.call(
            "domo:increment?account=sandbox&dataSet=%s&verify=%s&rowsPerPage=%d"
                .formatted(dataSet, verify, rowsPerPage),
            null,
            run);
  }

  private String text(String dataSet, Watermark range, int rowsPerPage) throws Exception {
    try (InputStream body = increment(dataSet, range, "strict", rowsPerPage)) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The header and the rows of these batches, cut out of the export by another reader. */
  private static String expected(String dataSet, Watermark range) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    domo.writeExport(dataSet, out);
    String export = out.toString(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder();
    try (CSVParser parser = CSVFormat.DEFAULT.parse(new StringReader(export))) {
      List<CSVRecord> records = parser.getRecords();
      int column = records.get(0).toList().indexOf("_BATCH_ID_");
      for (int i = 0; i < records.size(); i++) {
        String batch = records.get(i).get(column);
        boolean without = batch.isEmpty() || batch.equals("\\N");
        if (i == 0
            || without && range.above() == null
            || !without
                && (range.above() == null || Long.parseLong(batch) > range.above())
                && Long.parseLong(batch) <= range.upTo()) {
          long end =
              i + 1 < records.size() ? records.get(i + 1).getCharacterPosition() : export.length();
          text.append(export, (int) records.get(i).getCharacterPosition(), (int) end);
        }
      }
    }
    return text.toString();
  }

  static Stream<CsvShape> shapes() {
    return Stream.of(CsvShape.Nulls.values())
        .flatMap(
            nulls ->
                Stream.of(CsvShape.Quotes.values()).map(quotes -> new CsvShape(nulls, quotes)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheExportsBytesHoweverThatWritesThem(CsvShape shape) throws Exception {
    domo.setCsvShape(shape);
    for (Watermark range :
        List.of(
            new Watermark(0L, 3),
            new Watermark(1L, 3),
            new Watermark(2L, 3),
            new Watermark(0L, 1),
            new Watermark(null, 3),
            new Watermark(null, 2))) {
      assertThat(text(SandboxDomo.ORDERS, range, 5))
          .as("%s", range)
          .isEqualTo(expected(SandboxDomo.ORDERS, range));
    }
  }

  @Test
  void readsPageBehindPage() throws Exception {
    String dataSet = domo.batches("pages", 5, 40, 3, 60, 7, 1, 1, 1);
    for (int above = 0; above < 8; above++) {
      for (int upTo = above + 1; upTo <= 8; upTo++) {
        Watermark range = new Watermark((long) above, upTo);
        assertThat(text(dataSet, range, 50)).as("%s", range).isEqualTo(expected(dataSet, range));
      }
    }
  }

  @Test
  void asksAPageForEachFewBatchesAndTheExportOnlyForItsBeginning() throws Exception {
    String dataSet = domo.batches("cost", 5, 40, 3, 60, 7);
    int queries = queries();
    int exports = domo.exports().size();

    text(dataSet, new Watermark(0L, 5), 50);

    assertThat(queries() - queries).as("three counts, and the pages 1 to 3, 4, 5").isEqualTo(3 + 3);
    assertThat(domo.exports()).hasSize(exports + 1);
  }

  private static int queries() {
    return domo.calls("/v1/datasets/query/").size();
  }

  @Test
  void takesABatchAboveTheLimitOutOfTheExport() throws Exception {
    String dataSet = domo.batches("large", 10, LIMIT, 20, 5);
    Watermark range = new Watermark(1L, 3);

    assertThat(text(dataSet, range, 100)).isEqualTo(expected(dataSet, range));
  }

  /** The rows of a batch that hold no null, more than the beginning of the export that is read. */
  private static String withoutNulls() {
    return "some text without a null,7,1\n".repeat(ExportShape.SAMPLE_SIZE / 20);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheExportsNullsWhereItsBeginningHasNone(CsvShape shape) throws Exception {
    domo.setCsvShape(shape);
    String dataSet =
        domo.table(
            "late-nulls",
            "text,number,_BATCH_ID_\n" + withoutNulls() + "x,,2\n\"\",8,2\n,9,2\ny,10,3\n",
            "STRING",
            "LONG",
            "LONG");

    assertThat(text(dataSet, new Watermark(1L, 3), 100))
        .isEqualTo(expected(dataSet, new Watermark(1L, 3)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheExportsNullsWhereItsBeginningShowsEmptyTextsAlone(CsvShape shape) throws Exception {
    domo.setCsvShape(shape);
    String dataSet =
        domo.table(
            "empty-texts",
            "text,other,_BATCH_ID_\n\"\",z,1\n" + withoutNulls() + "x,,2\n\"\",8,2\n,9,2\n",
            "STRING",
            "STRING",
            "LONG");

    assertThat(text(dataSet, new Watermark(1L, 2), 100))
        .isEqualTo(expected(dataSet, new Watermark(1L, 2)));
  }

  @Test
  void readsTheExportOnOnlyWhereItsBeginningTellsTooLittle() throws Exception {
    String texts = "text,other,_BATCH_ID_\n";
    String shown =
        domo.table(
            "shown", texts + ",z,1\n" + withoutNulls() + "x,,2\n", "STRING", "STRING", "LONG");
    String notNeeded =
        domo.table("not-needed", texts + withoutNulls() + "x,z,2\n", "STRING", "STRING", "LONG");
    int exports = domo.exports().size();

    assertThat(text(shown, new Watermark(1L, 2), 100)).isEqualTo(texts + "x,,2\n");
    assertThat(text(notNeeded, new Watermark(1L, 2), 100)).isEqualTo(texts + "x,z,2\n");

    assertThat(domo.exports()).as("the beginning of each").hasSize(exports + 2);
  }

  @Test
  void takesOddColumns() throws Exception {
    String dataSet =
        domo.table(
            "odd",
            """
            a,a,"b `c`, ""d""\",select,_BATCH_ID_,x,y,z
            1,2,3,4,1,1.50,10,true
            "",,"x
            y",ü,2,,-3.25,false
            5,6,7,8,2,1250.00,123456789012345678,
            """,
            "LONG",
            "LONG",
            "STRING",
            "STRING",
            "LONG",
            "DECIMAL",
            "DECIMAL",
            "STRING");
    Watermark range = new Watermark(1L, 2);

    assertThat(text(dataSet, range, 100)).isEqualTo(expected(dataSet, range));
  }

  @Test
  void writesWholeNumbersAsTheColumnShowsThem() throws Exception {
    String dataSet =
        domo.table(
            "numbers",
            """
            whole,fraction,_BATCH_ID_
            7,5.0,1
            8,2.5,2
            1000000000,-3.0,2
            """,
            "DOUBLE",
            "DOUBLE",
            "DOUBLE");

    assertThat(text(dataSet, new Watermark(1L, 2), 100))
        .isEqualTo(
            """
            whole,fraction,_BATCH_ID_
            8,2.5,2
            1000000000,-3.0,2
            """);
  }

  @Test
  void holdsRowsOfNoBatchOnlyWhereEveryBatchIsNew() throws Exception {
    String dataSet = domo.table("old", "a,_BATCH_ID_\nx,\ny,1\nz,2\n", "STRING", "DOUBLE");

    assertThat(text(dataSet, new Watermark(null, 1), 100)).isEqualTo("a,_BATCH_ID_\nx,\ny,1\n");
    assertThat(text(dataSet, new Watermark(1L, 2), 100)).isEqualTo("a,_BATCH_ID_\nz,2\n");
    assertThat(text(dataSet, new Watermark(0L, 2), 100)).isEqualTo("a,_BATCH_ID_\ny,1\nz,2\n");
  }

  static Stream<Case> proofs() {
    return Spec.cases("increment-proof");
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void provesAsTheTableSays(Case row) throws Exception {
    String dataSet = domo.batches("proofs", 5, 4, 3, 2);
    Watermark range = new Watermark(row.has("first") ? null : 1L, 3);
    for (String verify : List.of("strict", "warn", "off")) {
      domo.heal();
      for (String fault : row.<String>list("faults")) {
        domo.inject(fault(fault).onDataSet(dataSet));
      }
      InputStream body = increment(dataSet, range, verify, 4);
      String strict = row.text("strict");
      if (verify.equals("strict") && !strict.equals("proved")) {
        Throwable failure = catchThrowable(body::readAllBytes);
        assertThat(failure).hasMessageContaining(strict);
        assertThat(RunException.in(failure).outcome()).isEqualTo(Outcome.NOT_PROVED);
        assertThat(RunException.in(failure).isRetryable()).isTrue();
      } else if (row.has("rows")) {
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8).lines().count())
            .as(verify)
            .isPositive();
      } else {
        assertThat(body.readAllBytes())
            .as(verify)
            .asString(StandardCharsets.UTF_8)
            .isEqualTo(expected(dataSet, range));
      }
    }
  }

  private static DomoFault fault(String words) {
    return switch (words) {
      case "groups refused" -> DomoFault.refuse(Endpoint.QUERY, 400).onSql("GROUP BY");
      case "groups cached" -> DomoFault.cachedCount().onSql("GROUP BY");
      case "pages refused" -> DomoFault.refuse(Endpoint.QUERY, 504).onSql("SELECT *");
      case "second page refused" ->
          DomoFault.refuse(Endpoint.QUERY, 504).onSql("* FROM table WHERE `_BATCH_ID_` > 2");
      case "counts refused" -> DomoFault.refuse(Endpoint.QUERY, 400).onSql("SELECT COUNT");
      case "counts cached" -> DomoFault.cachedCount().onSql("SELECT COUNT");
      case "counts wrong" -> DomoFault.wrongCount(3).onSql("SELECT COUNT");
      case "count wrong once" -> DomoFault.wrongCount(3).onSql("SELECT COUNT").times(1);
      case "every query refused" -> DomoFault.refuse(Endpoint.QUERY, 400);
      case "rows missing" -> DomoFault.missingRows(4);
      default -> throw new IllegalArgumentException("no such fault in this test: " + words);
    };
  }

  @Test
  void givesUpAPageThatIsNotAnsweredInTime() throws Exception {
    context.account.setReadTimeout(Duration.ofMillis(300));
    String dataSet = domo.batches("silent", 5, 4, 3);
    domo.inject(DomoFault.stall(Endpoint.QUERY, 0).onSql("SELECT *").onDataSet(dataSet));
    Watermark range = new Watermark(1L, 3);

    assertThat(text(dataSet, range, 4)).isEqualTo(expected(dataSet, range));
  }

  @Test
  void isNotConcernedByWhatArrivesMeanwhile() throws Exception {
    String dataSet = domo.batches("growing", 5, 4);
    Watermark range = new Watermark(1L, 2);
    try (InputStream body = increment(dataSet, range, "strict", 100)) {
      String expected = expected(dataSet, range);
      domo.append(dataSet, 7);

      assertThat(body.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(expected);
    }
    assertThat(text(dataSet, new Watermark(2L, 3), 100).lines().count()).isGreaterThan(7);
  }

  @Test
  void failsWhereDomoRefusesTheClient() throws Exception {
    String dataSet = domo.batches("refused", 5, 4);
    domo.inject(DomoFault.refuse(Endpoint.QUERY, 403).onSql("SELECT *").onDataSet(dataSet));

    Throwable failure = catchThrowable(() -> text(dataSet, new Watermark(1L, 2), 100));

    assertThat(RunException.in(failure).outcome()).isEqualTo(Outcome.CREDENTIALS);
  }

  @Test
  void givesUpAllCallsWhenItIsClosed() throws Exception {
    String dataSet = domo.batches("closed", 5, 100_000, 100_000);
    InputStream body = increment(dataSet, new Watermark(1L, 3), "strict", 100);
    assertThat(body.readNBytes(100_000)).hasSize(100_000);

    body.close();

    assertThatThrownBy(body::read).isInstanceOf(IOException.class).hasMessageContaining("given up");
    Awaitility.await().until(() -> domo.exportsUnderWay() == 0);
  }

  @Test
  void needsAWatermark() {
    assertThatThrownBy(() -> increment(SandboxDomo.ORDERS, null, "strict", 100))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("domo:watermark has to come first");
  }

  @Test
  void asksTheExportItReadsToLeaveFormulasWhereItIsToldTo() throws Exception {
    RunContext run = new RunContext("job", Instant.EPOCH, ZoneOffset.UTC);
    run.setWatermark(new Watermark(null, 3));
    String endpoint =
        "domo:increment?account=sandbox&dataSet=" + SandboxDomo.ORDERS + "&formulaEscaping=";
    domo.setCsvShape(new CsvShape(CsvShape.Nulls.EMPTY, CsvShape.Quotes.WHERE_NEEDED, true));

    try (InputStream body = (InputStream) context.call(endpoint + "none", null, run)) {
      assertThat(body.readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .contains(",7.10,=SUM(A1:A9),");
    }
    assertThatThrownBy(() -> context.call(endpoint + "apostrophe", null, run))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("queries answer without apostrophes");
  }

  @Test
  void countsWhatItReads() throws Exception {
    RunContext run = new RunContext("job", Instant.EPOCH, ZoneOffset.UTC);
    run.setWatermark(new Watermark(2L, 3));
    run.setDataSetId(SandboxDomo.ORDERS);

    InputStream body = (InputStream) context.call("domo:increment?account=sandbox", null, run);
    long bytes = body.readAllBytes().length;

    assertThat(run.records()).hasValue(6);
    assertThat(run.bytesRead()).hasValue(bytes);
  }
}
