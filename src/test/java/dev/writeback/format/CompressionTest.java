package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.writeback.pipe.Command;
import dev.writeback.pipe.LiveThreads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every compression, at every level: others read it, and a part is not the whole. */
class CompressionTest {

  private static final int MEBIBYTE = 1024 * 1024;

  /** The ends of blocks of 128 KiB and of 1 MiB, and what lies around them. */
  private static final List<Integer> LENGTHS =
      List.of(0, 1, 131_072, 131_073, MEBIBYTE, 2 * MEBIBYTE + 7);

  private static final Map<String, List<String>> READERS =
      Map.of(
          "gzip", List.of("gunzip", "-c"),
          "zip", List.of("unzip", "-p"),
          "zstd", List.of("zstd", "-dcq"),
          "bzip2", List.of("bunzip2", "-c"));

  private static final Map<String, String> PYTHON =
      Map.of(
          "gzip", "import gzip; read = lambda f: gzip.open(f).read()",
          "zip",
              "import zipfile; z = lambda f: zipfile.ZipFile(f); read = lambda f: z(f).read('x')",
          "bzip2", "import bz2; read = lambda f: bz2.open(f).read()");

  private static final List<String> FORMATS = List.of("gzip", "zip", "zstd", "bzip2");

  private final DefaultCamelContext context = new DefaultCamelContext();

  @TempDir Path folder;

  @BeforeEach
  void start() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  static Stream<Arguments> levels() {
    return FORMATS.stream()
        .flatMap(
            format ->
                Stream.of(CompressionLevel.values()).map(level -> Arguments.of(format, level)));
  }

  @ParameterizedTest
  @MethodSource("levels")
  void isReadByItsOwnProgram(String format, CompressionLevel level) throws Exception {
    for (int length : LENGTHS) {
      byte[] text = Sources.text(length);
      assertThat(read(format, compressed(format, level, text))).as("of %s", length).isEqualTo(text);
    }
    byte[] noise = Sources.noise(MEBIBYTE + 1);
    byte[] packed = compressed(format, level, noise);
    assertThat(read(format, packed)).isEqualTo(noise);
    assertThat(packed.length).isLessThan(noise.length + noise.length / 100);
  }

  /** Python 3.11 has no zstd. */
  static Stream<Arguments> levelsThatPythonKnows() {
    return levels().filter(arguments -> PYTHON.containsKey(arguments.get()[0]));
  }

  @ParameterizedTest
  @MethodSource("levelsThatPythonKnows")
  void isReadByPython(String format, CompressionLevel level) throws Exception {
    byte[] text = Sources.text(MEBIBYTE + 300_005);
    Path file = Files.write(folder.resolve("packed"), compressed(format, level, text));
    String program =
        PYTHON.get(format) + "; import sys; sys.stdout.buffer.write(read(sys.argv[1]))";
    assertThat(Command.output("python3", "-c", program, file.toString())).isEqualTo(text);
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void aLevelIsWorthIt(String format) throws Exception {
    byte[] text = Sources.text(MEBIBYTE);

    int fast = compressed(format, CompressionLevel.FAST, text).length;
    int balanced = compressed(format, CompressionLevel.BALANCED, text).length;
    int small = compressed(format, CompressionLevel.SMALL, text).length;

    assertThat(List.of(fast, balanced, small)).doesNotHaveDuplicates();
    assertThat(small).isLessThan(balanced);
    assertThat(small).isLessThan(fast);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void equalInputGivesEqualBytes(String format, CompressionLevel level) throws Exception {
    byte[] text = Sources.text(MEBIBYTE + 300_005);
    byte[] once = compressed(format, level, text);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    marshal(format, level, Texts.stream(text, 997), again);

    assertThat(again.toByteArray()).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void aBodyThatFailsIsToldAndGivenNoEnd(String format, CompressionLevel level) throws Exception {
    IOException cut = new IOException("cut");
    byte[] text = Sources.text(MEBIBYTE + 300_005);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> marshal(format, level, Sources.failing(text, cut), out)).isSameAs(cut);

    byte[] end = Arrays.copyOfRange(compressed(format, level, text), 0, out.size());
    assertThat(out.toByteArray()).as("a beginning of the whole").isEqualTo(end);
    assertThat(out.size()).isLessThan(compressed(format, level, text).length);
    assertNothingRuns(format);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void aReaderThatGoesStopsIt(String format, CompressionLevel level) {
    OutputStream full =
        new OutputStream() {
          private int room = 100_000;

          @Override
          public void write(int b) throws IOException {
            if (--room < 0) {
              throw new IOException("full");
            }
          }
        };

    assertThatThrownBy(() -> marshal(format, level, new Sources.Counted(Long.MAX_VALUE), full))
        .isInstanceOf(IOException.class)
        .hasMessage("full");
    assertNothingRuns(format);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void holdsLittleBack(String format, CompressionLevel level) throws Exception {
    Sources.Counted source = new Sources.Counted(8L * MEBIBYTE);
    long[] atFirstByte = new long[1];
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            // The header says nothing of the body.
          }

          @Override
          public void write(byte[] bytes, int offset, int count) {
            if (count > 100 && atFirstByte[0] == 0) {
              atFirstByte[0] = source.given();
            }
          }
        };

    marshal(format, level, source, out);

    assertThat(atFirstByte[0]).isBetween(1L, 7L * MEBIBYTE);
  }

  private void assertNothingRuns(String format) {
    context.stop();
    await().untilAsserted(() -> assertThat(LiveThreads.of(context, format)).isEmpty());
  }

  private byte[] read(String format, byte[] packed) throws Exception {
    Path file = Files.write(folder.resolve("packed." + format), packed);
    if (format.equals("gzip")) {
      file = Files.move(file, folder.resolve("packed.gz"));
    }
    List<String> reader = READERS.get(format);
    byte[] read = Command.output(reader.get(0), reader.get(1), file.toString());
    Files.delete(file);
    return read;
  }

  private byte[] compressed(String format, CompressionLevel level, byte[] text) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    marshal(format, level, new ByteArrayInputStream(text), out);
    return out.toByteArray();
  }

  private void marshal(String format, CompressionLevel level, InputStream in, OutputStream out)
      throws Exception {
    DataFormat dataFormat = context.createDataFormat(format);
    PropertyBindingSupport.build()
        .withCamelContext(context)
        .withTarget(dataFormat)
        .withProperty("level", level)
        .bind();
    ServiceHelper.startService(dataFormat);
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setHeader(Exchange.FILE_NAME, "x");
    try {
      dataFormat.marshal(exchange, in, out);
    } finally {
      ServiceHelper.stopService(dataFormat);
    }
  }
}
