package dev.writeback.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every place where a pipe can break: the reader is told, nothing is left running or open. */
class PipeFaultTest {

  private static final int MIB = 1024 * 1024;

  private final DefaultCamelContext context = new DefaultCamelContext();

  @BeforeEach
  void start() {
    context.getRegistry().bind("copy", MarshalOnly.copy());
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
    await().untilAsserted(() -> assertThat(LiveThreads.of(context, "pipe")).isEmpty());
    assertThat(LiveThreads.marshalling()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "gzip", "zipFile", "delimited", "delimited?delimiter=pipe"})
  void aSourceThatFailsIsNeverAnEnd(String dataFormat) throws Exception {
    for (int length : new int[] {0, 1, 65536, 3 * MIB}) {
      IOException cut = new IOException("the line was cut");
      ProbeStream source = ProbeStream.failingAfter(length, cut);

      InputStream body = pipe(source, dataFormat);

      assertBroken(body, cut);
      assertThat(source.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe:delimited?delimiter=pipe", "pipe:domoCsv?delimiter=pipe"})
  void theFirstCauseComesThroughAllPipes(String first) throws Exception {
    IllegalStateException reason = new IllegalStateException("Domo said no");
    IOException cut = new IOException("the line was cut", reason);
    ProbeStream source = ProbeStream.failingAfter(MIB, cut);
    Object rows = source;
    if (first.contains("domoCsv")) {
      rows = rows(source);
    }

    InputStream body = pipe(pipe(pipe(rows, first.substring(5)), "gzip"), "copy");

    assertBroken(body, cut);
    await().until(source::isClosed);
  }

  @Test
  void aDataFormatThatFailsAfterItsLastByteIsNeverAnEnd() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("checksum");
    bind(
        new MarshalOnly(
            (exchange, body, out) -> {
              try (out) {
                out.write(ProbeStream.bytes(100));
                throw failure;
              }
            }));

    assertBroken(pipe(ProbeStream.ofLength(1), "bean"), failure);
  }

  @Test
  void anErrorReachesTheReader() throws Exception {
    OutOfMemoryError error = new OutOfMemoryError("test");
    bind(
        new MarshalOnly(
            (exchange, body, out) -> {
              throw error;
            }));
    ProbeStream source = ProbeStream.ofLength(1);

    assertBroken(pipe(source, "bean"), error);
    assertThat(source.isClosed()).isTrue();
  }

  @Test
  void aSourceThatFailsToCloseIsAFailure() throws Exception {
    IOException failure = new IOException("signature");
    InputStream source =
        new InputStream() {
          @Override
          public int read() {
            return -1;
          }

          @Override
          public void close() throws IOException {
            throw failure;
          }
        };
    bind(new MarshalOnly((exchange, body, out) -> out.write(((InputStream) body).read())));

    assertBroken(pipe(source, "bean"), failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "gzip", "zipFile", "delimited?delimiter=pipe"})
  void aReaderThatLeavesEarlyCancelsTheSource(String dataFormat) throws Exception {
    ProbeStream source = ProbeStream.ofLength(Long.MAX_VALUE);
    InputStream body = pipe(source, dataFormat);
    assertThat(body.read()).isNotNegative();

    body.close();

    assertThat(source.isClosed()).isTrue();
    assertThat(source.given()).isLessThan(500L * MIB);
    awaitNothingRuns();
    assertThatThrownBy(body::read).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "gzip", "zipFile", "delimited?delimiter=pipe", "domoCsv"})
  void closingFreesADataFormatThatHangsInItsSource(String dataFormat) throws Exception {
    ProbeStream source = ProbeStream.silentAfter(1000);
    Object rows = source;
    if (dataFormat.equals("domoCsv")) {
      rows = rows(source);
    }
    InputStream body = pipe(rows, dataFormat);
    source.awaitSilence();

    body.close();

    assertThat(source.isClosed()).isTrue();
    awaitNothingRuns();
  }

  @Test
  void closingTheLastOfThreePipesClosesTheSource() throws Exception {
    ProbeStream source = ProbeStream.silentAfter(1000);
    InputStream body = pipe(pipe(pipe(source, "copy"), "gzip"), "copy");
    source.awaitSilence();

    body.close();

    await().until(source::isClosed);
    awaitNothingRuns();
  }

  @Test
  void theContextStopsInTheMiddle() throws Exception {
    ProbeStream full = ProbeStream.ofLength(Long.MAX_VALUE);
    ProbeStream silent = ProbeStream.silentAfter(10);
    InputStream first = pipe(full, "copy");
    InputStream second = pipe(pipe(silent, "copy"), "gzip");
    silent.awaitSilence();

    context.stop();

    for (InputStream body : List.of(first, second)) {
      assertThatThrownBy(body::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessage("The CamelContext stops.")
          .hasCauseInstanceOf(CancellationException.class);
    }
    assertThat(full.isClosed()).isTrue();
    assertThat(silent.isClosed()).isTrue();
    awaitNothingRuns();
  }

  @Test
  void aBodyThatNobodyReadIsClosedWithItsExchange() throws Exception {
    ProbeStream source = ProbeStream.ofLength(Long.MAX_VALUE);

    context
        .createProducerTemplate()
        .send("pipe:copy", exchange -> exchange.getIn().setBody(source));

    assertThat(source.isClosed()).isTrue();
    awaitNothingRuns();
  }

  @Test
  void aReaderThatIsInterruptedDoesNotWait() throws Exception {
    InputStream body = pipe(ProbeStream.silentAfter(0), "copy");
    Thread.currentThread().interrupt();

    assertThatThrownBy(body::read).isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
    body.close();
  }

  @Test
  void whatADataFormatLeftForTheEndOfItsExchangeIsDone() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    bind(
        new MarshalOnly(
            (exchange, body, out) ->
                exchange
                    .getExchangeExtension()
                    .addOnCompletion(
                        new SynchronizationAdapter() {
                          @Override
                          public void onDone(Exchange completed) {
                            done.countDown();
                          }
                        })));

    assertThat(pipe("text", "bean").readAllBytes()).isEmpty();

    assertThat(done.getCount()).isZero();
  }

  private void bind(MarshalOnly dataFormat) {
    context.getRegistry().bind("bean", dataFormat);
  }

  private Object rows(InputStream source) throws Exception {
    DataFormat domoCsv = context.createDataFormat("domoCsv");
    domoCsv.start();
    return domoCsv.unmarshal(new DefaultExchange(context), source);
  }

  /** The live end; what reads it stands for the next step, so the exchange is not completed. */
  private InputStream pipe(Object body, String dataFormat) throws Exception {
    Exchange exchange = new DefaultExchange(context);
    exchange.getIn().setBody(body);
    context.getEndpoint("pipe:" + dataFormat).createProducer().process(exchange);
    return exchange.getMessage().getBody(InputStream.class);
  }

  private static void awaitNothingRuns() {
    await().untilAsserted(() -> assertThat(LiveThreads.marshalling()).isEmpty());
  }

  private static void assertBroken(InputStream body, Throwable cause) throws IOException {
    String message = cause.getMessage();
    assertThatThrownBy(() -> body.transferTo(new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessage(message)
        .cause()
        .isSameAs(cause);
    assertThatThrownBy(body::read).hasMessage(message);
    assertThatThrownBy(() -> body.read(new byte[10])).cause().isSameAs(cause);
    awaitNothingRuns();
    body.close();
    body.close();
  }
}
