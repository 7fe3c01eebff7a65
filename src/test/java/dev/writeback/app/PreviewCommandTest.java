package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is typed. */
class PreviewCommandTest {

  @TempDir Path directory;
  private final PrintStream standardOutput = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Sandbox sandbox;
  private CommandLineRun program;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    program = new CommandLineRun(sandbox);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setOut(standardOutput);
    program.close();
    sandbox.close();
  }

  private int preview(String job, Map<String, Object> parameters, int rows) throws Exception {
    JobFolder folder = JobFolder.in(directory).job(job, parameters);
    return program.execute(new PreviewCommand(folder.path()), job, "-n", "" + rows);
  }

  /** Whatever it is called, these are the bytes that the object begins with. */
  @Test
  void showsTheObjectsOwnBeginning() {
    assertThat(program.execute("preview", "orders-by-hand", "-n", "4")).as(program.err()).isZero();
    byte[] shown = out.toByteArray();
    assertThat(sandbox.s3().calls()).isEmpty();
    assertThat(sandbox.domo().exportsUnderWay()).isZero();

    assertThat(program.execute("run", "orders-by-hand")).isZero();

    byte[] object = sandbox.s3().bytes(sandbox.s3().objects().get(0).key());
    assertThat(object).startsWith(shown).hasSizeGreaterThan(shown.length);
    assertThat(new String(shown, StandardCharsets.UTF_8))
        .startsWith("order_id|order_date|")
        .contains("Zoë Brontë|-3.50|\"line one\nline two");
  }

  @Test
  void compressionAndEncryptionAreLeftOut() throws Exception {
    Map<String, Object> parameters =
        Map.of(
            "inputDataset", SandboxDomo.ORDERS,
            "fileName", "orders",
            "compression", "gzip",
            "contentEncoding", true,
            "encryptionMethod", "sse-kms",
            "encryptionKey", "alias/landing",
            "charset", "windows-1252");

    assertThat(preview("orders", parameters, 4)).as(program.err()).isZero();

    assertThat(out.toString(Charset.forName("windows-1252")))
        .startsWith("order_id,order_date,")
        .contains("Zoë Brontë");
  }

  @Test
  void linesOfJsonAreTypedAsInDomo() throws Exception {
    Map<String, Object> parameters =
        Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders", "format", "jsonl");

    assertThat(preview("orders", parameters, 2)).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("\"amount\":19.99");
  }

  /** Of a DataSet of any size no more is read than is shown. */
  @Test
  void theRestIsNotRead() throws Exception {
    String large = sandbox.domo().generated("Large", 5_000_000);

    assertThat(preview("large", Map.of("inputDataset", large, "fileName", "large"), 20)).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.startsWith("20,"))
        .noneMatch(line -> line.startsWith("21,"));
    assertThat(sandbox.domo().exportsUnderWay()).isZero();
  }

  @Test
  void withoutNewRowsThatIsSaid() throws Exception {
    String batches = sandbox.domo().batches("Batches", 4);
    Map<String, Object> parameters =
        Map.of(
            "inputDataset",
            batches,
            "fileName",
            "new_<current_date:yyyyMMdd_HHmmss>",
            "onlyNewData",
            true);
    JobFolder folder = JobFolder.in(directory).job("new", parameters);
    new Jobs(folder.path()).run("new", null, null, true);
    out.reset();

    assertThat(program.execute(new PreviewCommand(folder.path()), "new")).isZero();
    assertThat(out.size()).isZero();
    assertThat(program.err().strip()).isEqualTo("Nothing new: a run would write no object.");

    sandbox.domo().append(batches, 2);
    assertThat(program.execute(new PreviewCommand(folder.path()), "new")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("order_id,")
        .contains("\n5,", "\n6,")
        .doesNotContain("\n4,");
  }

  @Test
  void whatFailsIsSaidAndEndsWithItsCode() {
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404));

    assertThat(program.execute("preview", "orders-by-hand")).isEqualTo(4);

    assertThat(program.err()).contains(SandboxDomo.ORDERS);
  }

  /** Rows, and their bytes: the running program holds them in memory. */
  @Test
  void moreThanAPersonReadsIsRefused() throws Exception {
    for (String rows : List.of("0", "1001", "" + Long.MAX_VALUE)) {
      assertThat(program.execute("preview", "orders-by-hand", "-n", rows)).isEqualTo(2);
      assertThat(program.err().strip())
          .isEqualTo("-n - no number of rows - '" + rows + "' - from 1 to 1000");
      assertThatThrownBy(() -> new Management().preview("orders-by-hand", Long.parseLong(rows)))
          .hasMessageStartingWith("-n - no number of rows - '");
    }

    String wide = "x".repeat(300_000);
    String large = sandbox.domo().table("Wide", "a\n" + (wide + "\n").repeat(4), "STRING");
    Map<String, Object> parameters = Map.of("inputDataset", large, "fileName", "wide");

    Path folder = JobFolder.in(directory).job("wide", parameters).path();

    assertThat(program.execute(new PreviewCommand(folder), "wide", "-n", "4")).isEqualTo(2);
    assertThat(program.err())
        .contains("-n - the rows have more than 1048576 bytes")
        .contains("- '4' - fewer rows");
    assertThat(out.size()).isEqualTo(1_048_576);
    assertThat(sandbox.domo().exportsUnderWay()).isZero();

    out.reset();
    assertThat(program.execute(new PreviewCommand(folder), "wide", "-n", "3")).isZero();
    assertThat(out.size()).isEqualTo(2 + 3 * 300_001);
  }
}
