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
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipDataFormatTest {

  private static final int BLOCK = GzipBlock.SIZE;

  private final DefaultCamelContext context = new DefaultCamelContext();

  @BeforeEach
  void start() {
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 9 * BLOCK + 17})
  void isReadByTheJdk(int length) throws Exception {
    byte[] text = text(length);

    byte[] compressed = gzip(new ByteArrayInputStream(text), 2);

    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
        .isEqualTo(text);
  }

  @Test
  void takesWhatCannotBeCompressed() throws Exception {
    byte[] noise = new byte[5 * BLOCK + 1];
    new Random(1).nextBytes(noise);

    byte[] compressed = gzip(new ByteArrayInputStream(noise), 2);

    assertThat(compressed.length).isLessThan(noise.length + noise.length / 1000);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
        .isEqualTo(noise);
  }

  @Test
  void isOneMemberWithoutNameAndTime() throws Exception {
    byte[] compressed = gzip(new ByteArrayInputStream(text(3 * BLOCK)), 2);

    assertThat(Arrays.copyOf(compressed, 10)).containsExactly(0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255);
    byte[] twice = Arrays.copyOf(compressed, compressed.length * 2);
    System.arraycopy(compressed, 0, twice, compressed.length, compressed.length);
    Inflater inflater = new Inflater(true);
    inflater.setInput(twice, 10, twice.length - 10);
    inflater.inflate(new byte[4 * BLOCK]);
    assertThat(inflater.finished()).isTrue();
    assertThat(inflater.getBytesWritten()).isEqualTo(3 * BLOCK);
    assertThat(inflater.getBytesRead()).isEqualTo(compressed.length - 10 - 8);
    inflater.end();
  }

  @Test
  void givesTheSameBytesHoweverItRuns() throws Exception {
    byte[] text = text(7 * BLOCK + 5);
    byte[] expected = gzip(new ByteArrayInputStream(text), 1);

    assertThat(gzip(new ByteArrayInputStream(text), 2)).isEqualTo(expected);
    assertThat(gzip(new ByteArrayInputStream(text), 8)).isEqualTo(expected);
    assertThat(gzip(Texts.stream(text, 997), 3)).isEqualTo(expected);
  }

  @Test
  void isNearlyAsSmallAsGzip() throws Exception {
    byte[] text = text(16 * BLOCK);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(whole)) {
      out.write(text);
    }

    assertThat(gzip(new ByteArrayInputStream(text), 2).length)
        .isLessThan(whole.size() + whole.size() / 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4 * BLOCK + 3})
  void isReadByGunzipAndPython(int length, @TempDir Path folder) throws Exception {
    byte[] text = text(length);
    byte[] compressed = gzip(new ByteArrayInputStream(text), 2);
    Path file = Files.write(folder.resolve("text.gz"), compressed);

    assertThat(Command.output("gunzip", "-c", file.toString())).isEqualTo(text);
    assertThat(
            Command.output(
                "python3",
                "-c",
                "import gzip,sys;sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())",
                file.toString()))
        .isEqualTo(text);
  }

  @Test
  void aSourceThatFailsLeavesNothingRunning() throws Exception {
    IOException cut = new IOException("cut");
    InputStream source =
        new SequenceInputStream(
            new ByteArrayInputStream(text(6 * BLOCK)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw cut;
              }
            });
    GzipDataFormat gzip = dataFormat(2);

    assertThatThrownBy(() -> marshal(gzip, source, OutputStream.nullOutputStream())).isSameAs(cut);

    assertNothingRunsAfter(gzip::stop);
  }

  @Test
  void aFullDiskStopsIt() {
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
    GzipDataFormat gzip = dataFormat(2);

    assertThatThrownBy(() -> marshal(gzip, new ByteArrayInputStream(text(40 * BLOCK)), full))
        .isInstanceOf(IOException.class)
        .hasMessage("full");
    assertNothingRunsAfter(gzip::stop);
  }

  @Test
  void itsThreadsEndWithTheContext() throws Exception {
    gzip(new ByteArrayInputStream(text(4 * BLOCK)), 2);

    assertThat(LiveThreads.of(context, "gzip")).isNotEmpty();
    assertNothingRunsAfter(context::stop);
  }

  @Test
  void refusesAParallelismOfNothing() {
    GzipDataFormat gzip = new GzipDataFormat();
    gzip.setParallelism(0);

    assertThatThrownBy(gzip::init).hasMessage("gzip: parallelism is 0, it must be 1 or more.");
  }

  private void assertNothingRunsAfter(Runnable stop) {
    stop.run();
    await().untilAsserted(() -> assertThat(LiveThreads.of(context, "gzip")).isEmpty());
  }

  private byte[] gzip(InputStream in, int parallelism) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    marshal(dataFormat(parallelism), in, out);
    return out.toByteArray();
  }

  private GzipDataFormat dataFormat(int parallelism) {
    GzipDataFormat gzip = (GzipDataFormat) context.createDataFormat("gzip");
    gzip.setParallelism(parallelism);
    gzip.start();
    return gzip;
  }

  private void marshal(GzipDataFormat gzip, InputStream in, OutputStream out) throws Exception {
    gzip.marshal(new DefaultExchange(context), in, out);
  }

  private static byte[] text(int length) {
    Random random = new Random(42);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(random.nextInt(5000)).append(",name ").append(random.nextInt(50)).append('\n');
    }
    return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), length);
  }
}
