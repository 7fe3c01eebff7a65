package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import dev.writeback.Spec;
import dev.writeback.format.GnuPg;
import dev.writeback.ledger.TestDatabase;
import dev.writeback.run.EncryptionKey;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.CsvShape;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.S3Call;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Every parameter of the shipped Kamelet changes what is asked of Domo, STS or S3, or what lands;
 * the columns are described in {@code spec/kamelet-options.yaml}.
 */
class KameletOptionsTest {

  private static final String TABLE = "kamelet-options";

  /** 32 bytes in base64. */
  private static final String CUSTOMER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private static final Path KAMELET = Path.of("routes/kamelets/domo-s3-writeback.kamelet.yaml");

  private static final Map<String, GnuPg> keyrings = new LinkedHashMap<>();

  private Sandbox sandbox;
  private Sandbox second;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
  }

  @AfterEach
  void stop() {
    sandbox.close();
    if (second != null) {
      second.close();
    }
  }

  static Stream<Spec.Case> cases() {
    return Spec.cases(TABLE);
  }

  private static Stream<Spec.Case> allCases() {
    return Stream.concat(cases(), SchedulingOptionsTest.cases());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void arrives(Spec.Case row) throws Exception {
    if (row.flag("sink")) {
      sandbox.close();
      sandbox = Sandbox.builder().hashingSink(true).start();
    }
    if (row.has("domo") || row.has("s3")) {
      second = Sandbox.start();
    }
    sandbox
        .domo()
        .setCsvShape(
            new CsvShape(
                CsvShape.Nulls.valueOf(row.text("nulls", CsvShape.DEFAULT.nulls().name())),
                CsvShape.Quotes.valueOf(row.text("quotes", CsvShape.DEFAULT.quotes().name())),
                row.flag("formulas")));
    if (row.has("missingRows")) {
      sandbox.domo().inject(DomoFault.missingRows(Long.parseLong(row.text("missingRows"))));
    }
    if (row.has("tokenUser")) {
      sandbox.domo().setTokenUser(row.number("tokenUser"));
    }
    if (row.has("hiddenRows")) {
      sandbox.domo().protectRows(SandboxDomo.ORDERS, row.number("hiddenRows"));
    }
    if (row.has("refused")) {
      assertThatThrownBy(() -> run(row)).hasStackTraceContaining(row.text("refused"));
      assertThat(sandbox.domo().calls()).as("calls of Domo").isEmpty();
      return;
    }
    RunContext run = run(row);

    assertThat(run.getOutcome()).hasToString(row.text("outcome", Outcome.DONE.name()));
    if (row.has("failure")) {
      assertThat(run.getFailure()).hasMessageContaining(row.text("failure"));
    }
    if (row.has("records")) {
      assertThat(run.records()).hasValue(Long.parseLong(row.text("records")));
    }
    Sandbox reader = "second".equals(row.text("domo")) ? second : sandbox;
    Sandbox writer = "second".equals(row.text("s3")) ? second : sandbox;
    if (second != null) {
      assertThat(other(reader).domo().calls()).as("calls of the other Domo").isEmpty();
      assertThat(other(writer).sts().calls()).as("calls of the other STS").isEmpty();
      assertThat(other(writer).s3().calls()).as("calls of the other S3").isEmpty();
    }
    int exports = before(row) + (run.getOutcome() == Outcome.UNCHANGED ? 0 : 1);
    assertThat(reader.domo().exports())
        .hasSize(Integer.parseInt(row.text("exports", String.valueOf(exports))));
    if (row.has("note")) {
      assertThat(String.join("; ", run.notes())).contains(row.text("note"));
    } else {
      assertThat(run.notes()).isEmpty();
    }
    assertQueried(reader, row);
    assertRequested(writer, row);
    assertAsked(writer, row);
    assertLanded(reader, writer, row);
  }

  /** Each has one key, so that what one can read is not for the other. */
  private static Map<String, GnuPg> keyrings() throws Exception {
    if (keyrings.isEmpty()) {
      for (String person : List.of("alice", "bob")) {
        keyrings.put(person, GnuPg.open().person(person));
      }
    }
    return keyrings;
  }

  @AfterAll
  static void forgetKeys() throws IOException {
    for (GnuPg keyring : keyrings.values()) {
      keyring.close();
    }
  }

  private Sandbox other(Sandbox one) {
    return one == sandbox ? second : sandbox;
  }

  private RunContext run(Spec.Case row) throws Exception {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", "c0ffee00-5ca1-4ab1-8e0d-0123456789ab");
    parameters.put("fileName", "orders");
    parameters.putAll(parameters(row));
    try (ChainContext context = new ChainContext(sandbox).role("bucketless", sandbox, "")) {
      if (row.has("reader")) {
        for (String person : keyrings().keySet()) {
          EncryptionKey key = new EncryptionKey();
          key.setValue(keyrings().get(person).armoured(person));
          context.camel.getRegistry().bind(person, key);
        }
      }
      if (second != null) {
        context.account("second", second).role("elsewhere", second, Sandbox.BUCKET);
      }
      EncryptionKey key = new EncryptionKey();
      key.setValue(CUSTOMER_KEY);
      context.camel.getRegistry().bind("customer", key);
      if (before(row) > 0 || parameters.containsKey("onlyNewData")) {
        context.ledger(TestDatabase.H2.create());
      }
      context.job("job", parameters).start();
      Instant slot = Instant.parse(row.text("at", "2026-03-29T03:00:00Z"));
      for (int days = before(row); days > 0; days--) {
        assertThat(RunContext.of(context.run("job", slot.minus(Duration.ofDays(days)))).isDone())
            .isTrue();
      }
      return RunContext.of(context.run("job", slot));
    }
  }

  private static int before(Spec.Case row) {
    return Integer.parseInt(row.text("before", "0"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parameters(Spec.Case row) {
    return (Map<String, Object>) row.values().get("parameters");
  }

  private static void assertQueried(Sandbox reader, Spec.Case row) {
    if (row.has("queries")) {
      assertThat(reader.domo().calls().stream().filter(call -> call.path().contains("/query/")))
          .as("queries")
          .hasSize(Integer.parseInt(row.text("queries")));
    }
  }

  private static void assertRequested(Sandbox writer, Spec.Case row) {
    List<S3Call> puts = writer.s3().calls(S3Operation.PUT_OBJECT);
    if (row.has("bucket")) {
      assertThat(puts).extracting(S3Call::bucket).containsOnly(row.text("bucket"));
    }
    if (row.has("ifNoneMatch")) {
      assertThat(puts.get(0).headers().getOrDefault("if-none-match", "none"))
          .isEqualTo(row.text("ifNoneMatch"));
    }
  }

  /** The call that says what the object is to be like. */
  private static void assertAsked(Sandbox writer, Spec.Case row) {
    List<S3Call> asked =
        writer.s3().calls().stream()
            .filter(
                call ->
                    call.operation() == S3Operation.PUT_OBJECT
                        || call.operation() == S3Operation.CREATE_MULTIPART_UPLOAD)
            .toList();
    row.map("headers")
        .forEach(
            (header, value) ->
                assertThat(asked)
                    .extracting(call -> call.headers().getOrDefault(header, "none"))
                    .as(header)
                    .containsExactly(value.toString()));
  }

  private static void assertLanded(Sandbox reader, Sandbox writer, Spec.Case row) throws Exception {
    if (!row.has("key")) {
      assertThat(writer.s3().objects()).isEmpty();
      return;
    }
    assertThat(writer.s3().objects())
        .extracting(StoredObject::key)
        .containsExactly(row.text("key"));
    if (row.flag("sink")) {
      return;
    }
    StoredObject object = writer.s3().objects().get(0);
    Charset charset = Charset.forName(row.text("charset", "UTF-8"));
    String text = new String(open(writer.s3().bytes(object.key()), row), charset);
    if (row.has("begins")) {
      assertThat(text).startsWith(row.text("begins"));
    }
    if (row.has("exactly")) {
      assertThat(text).isEqualTo(row.text("exactly"));
    }
    if (row.has("contains")) {
      assertThat(text).contains(row.text("contains"));
    }
    if (row.has("export")) {
      ByteArrayOutputStream export = new ByteArrayOutputStream();
      reader.domo().writeExport(row.text("export"), export);
      assertThat(text).isEqualTo(export.toString(StandardCharsets.UTF_8));
      assertThat(object.metadata()).containsEntry("dataset-id", row.text("export"));
    }
    if (row.has("contentEncoding")) {
      assertThat(object.headers().getOrDefault("content-encoding", "none"))
          .isEqualTo(row.text("contentEncoding"));
    }
    if (row.has("starts")) {
      assertThat(HexFormat.of().formatHex(writer.s3().bytes(object.key())))
          .startsWith(row.text("starts"));
    }
    if (row.has("contentType")) {
      assertThat(object.headers()).containsEntry("content-type", row.text("contentType"));
    }
  }

  /** The text in the object, which must be packed as the row says. */
  static byte[] open(byte[] object, Spec.Case row) throws Exception {
    switch (row.text("packed", "none")) {
      case "gzip" -> {
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(object))) {
          return gzip.readAllBytes();
        }
      }
      case "zip" -> {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(object))) {
          ZipEntry entry = zip.getNextEntry();
          assertThat(entry.getName()).isEqualTo(row.text("entry"));
          byte[] text = zip.readAllBytes();
          assertThat(zip.getNextEntry()).as("a second entry").isNull();
          return text;
        }
      }
      case "zstd" -> {
        try (InputStream zstd = new ZstdInputStream(new ByteArrayInputStream(object))) {
          return zstd.readAllBytes();
        }
      }
      case "bzip2" -> {
        try (InputStream bzip2 = new BZip2CompressorInputStream(new ByteArrayInputStream(object))) {
          return bzip2.readAllBytes();
        }
      }
      case "pgp" -> {
        Path message = Files.write(Files.createTempFile("message", ".pgp"), object);
        try {
          return keyrings().get(row.text("reader")).decrypted(message);
        } finally {
          Files.delete(message);
        }
      }
      default -> {
        return object;
      }
    }
  }

  @Test
  void everyParameterHasACase() throws IOException {
    assertThat(allCases().map(row -> row.text("option")).distinct())
        .containsExactlyInAnyOrderElementsOf(properties().keySet());
  }

  @Test
  void everyCaseSetsWhatItShows() {
    assertThat(allCases())
        .allSatisfy(
            row ->
                assertThat(row.has("default") || parameters(row).containsKey(row.text("option")))
                    .as("%s: either sets the option or is marked as its default", row)
                    .isTrue());
  }

  @Test
  void everyChoiceHasACase() throws IOException {
    properties()
        .forEach(
            (option, schema) -> {
              Object choices =
                  "boolean".equals(schema.get("type"))
                      ? List.of("true", "false")
                      : schema.getOrDefault("enum", List.of());
              assertThat(
                      allCases()
                          .filter(row -> option.equals(row.text("option")))
                          .map(row -> String.valueOf(parameters(row).get(option))))
                  .as(option)
                  .containsAll(((List<?>) choices).stream().map(String::valueOf).toList());
            });
  }

  @Test
  void everyDefaultIsToldAndHasACase() throws IOException {
    properties()
        .forEach(
            (option, schema) -> {
              if (schema.containsKey("default")) {
                assertThat(
                        allCases()
                            .filter(row -> option.equals(row.text("option")) && row.has("default")))
                    .as("cases of %s with its default", option)
                    .allSatisfy(
                        row ->
                            assertThat(row.text("default"))
                                .isEqualTo(schema.get("default").toString()))
                    .isNotEmpty();
              }
            });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> properties() throws IOException {
    try (InputStream in = Files.newInputStream(KAMELET)) {
      Map<String, Map<String, Map<String, Object>>> kamelet =
          (Map<String, Map<String, Map<String, Object>>>)
              new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return (Map<String, Map<String, Object>>)
          kamelet.get("spec").get("definition").get("properties");
    }
  }
}
