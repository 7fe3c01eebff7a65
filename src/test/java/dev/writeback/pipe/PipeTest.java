package dev.writeback.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipeTest {

  private final DefaultCamelContext context = new DefaultCamelContext();

  @BeforeEach
  void start() {
    context.getRegistry().bind("copy", MarshalOnly.copy());
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "2, 1000", "16, 65536"})
  void carriesEveryByteWhateverTheBlocks(int blocks, int blockSize) throws Exception {
    for (int length : new int[] {0, 1, 6, 7, 8, 1000, 20_000}) {
      InputStream body =
          pipe(ProbeStream.ofLength(length), "copy?blocks=" + blocks + "&blockSize=" + blockSize);

      assertThat(body.readAllBytes()).isEqualTo(ProbeStream.bytes(length));
      assertThat(body.read()).isEqualTo(-1);
      assertThat(body.read(new byte[1])).isEqualTo(-1);
    }
  }

  @Test
  void keepsTheContractOfLiveStreams() throws Exception {
    InputStream body = pipe(ProbeStream.ofLength(100_000), "copy");

    assertThat(body).isNotInstanceOf(StreamCache.class);
    assertThat(body.markSupported()).isTrue();
    body.mark(1024);
    assertThat(body.read()).isEqualTo(ProbeStream.at(0));
    assertThat(body.available()).isZero();
    body.reset();
    assertThat(body.read()).isEqualTo(ProbeStream.at(1));
    body.close();
    body.close();
  }

  @Test
  void theSourceRunsAheadByItsBlocksOnly() throws Exception {
    ProbeStream source = ProbeStream.ofLength(Long.MAX_VALUE);
    bind(
        (exchange, body, out) -> {
          byte[] hundred = new byte[100];
          while (((InputStream) body).read(hundred) >= 0) {
            out.write(hundred);
          }
        });

    InputStream body = pipe(source, "bean?blocks=3&blockSize=1000");

    // Three blocks queued, one being filled.
    await().until(() -> source.given() == 4100);
    assertThat(body.readNBytes(1000)).hasSize(1000);
    await().until(() -> source.given() == 5100);
    body.close();
  }

  @Test
  void flushingServesAReaderThatWaits() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    bind(
        (exchange, body, out) -> {
          out.write('x');
          while (!over.await(1, TimeUnit.MILLISECONDS)) {
            out.flush();
          }
        });
    InputStream body = pipe("", "bean");

    assertThat(body.read()).isEqualTo('x');

    over.countDown();
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void marshalGetsTheBodyItselfAndACopyOfTheExchange() throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>();
    bind(
        (exchange, body, out) -> {
          seen.set(body);
          out.write(exchange.getIn().getHeader("mine", String.class).getBytes());
          exchange.getMessage().setHeader("mine", "changed");
          exchange.setProperty("mine", "changed");
        });
    InputStream source = ProbeStream.ofLength(10);
    Exchange exchange = new DefaultExchange(context);
    exchange.getIn().setBody(source);
    exchange.getIn().setHeader("mine", "header");

    context.getEndpoint("pipe:bean").createProducer().process(exchange);

    assertThat(exchange.getMessage().getBody(InputStream.class).readAllBytes())
        .asString()
        .isEqualTo("header");
    assertThat(seen.get()).isSameAs(source);
    assertThat(exchange.getMessage().getHeaders()).containsExactly(Map.entry("mine", "header"));
    assertThat(exchange.getProperty("mine")).isNull();
  }

  @Test
  void manyExchangesShareOneEndpoint() {
    List<byte[]> results =
        IntStream.range(0, 24)
            .parallel()
            .mapToObj(
                index ->
                    unchecked(
                        () ->
                            pipe(pipe(ProbeStream.ofLength(200_000 + index), "delimited"), "copy")
                                .readAllBytes()))
            .toList();

    for (int index = 0; index < results.size(); index++) {
      assertThat(results.get(index)).isEqualTo(ProbeStream.bytes(200_000 + index));
    }
  }

  /** Camel gives a component to others while the one who asked first still starts it. */
  @Test
  void opensWhileItsComponentIsNotYetStarted() throws Exception {
    PipeComponent component = new PipeComponent();
    component.setCamelContext(context);
    component.init();
    Exchange exchange = new DefaultExchange(context);
    exchange.getIn().setBody(ProbeStream.ofLength(1000));

    component.createEndpoint("pipe:copy").createProducer().process(exchange);

    assertThat(exchange.getMessage().getBody(InputStream.class).readAllBytes())
        .isEqualTo(ProbeStream.bytes(1000));
    component.stop();
  }

  @Test
  void opensAgainAfterARestartAndNotInBetween() throws Exception {
    Component component = context.getComponent("pipe");
    assertThat(pipe("a", "delimited").readAllBytes()).asString().isEqualTo("a");

    component.stop();
    assertThatThrownBy(() -> pipe("b", "delimited"))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("No pipe is opened while the CamelContext stops.");

    component.start();
    assertThat(pipe("c", "delimited").readAllBytes()).asString().isEqualTo("c");
  }

  @Test
  void aRouteReadsItLive() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:live")
                .streamCache("false")
                .to("pipe:delimited?delimiter=tab")
                .to("pipe:copy")
                .convertBodyTo(byte[].class);
          }
        });

    byte[] body =
        context
            .createProducerTemplate()
            .requestBody("direct:live", ProbeStream.ofLength(1_000_000), byte[].class);

    assertThat(new String(body).replace('\t', ','))
        .isEqualTo(new String(ProbeStream.bytes(1_000_000)));
  }

  @Test
  void textIsABodyToo() throws Exception {
    assertThat(pipe("a,b\n", "delimited?delimiter=pipe").readAllBytes())
        .asString()
        .isEqualTo("a|b\n");
  }

  @Test
  void refusesAnExchangeWithoutBody() {
    assertThatThrownBy(() -> pipe(null, "copy"))
        .isInstanceOf(CamelExchangeException.class)
        .hasMessageStartingWith("The message has no body: nothing to marshal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "pipe:gzp -> pipe:gzp: there is no data format and no bean of the name 'gzp'.",
        "pipe:delimited?delimiter=pype -> delimiter is 'pype'; it must be one of",
        "pipe:delimited?delimter=pipe -> Unknown parameters=[{delimter=pipe}]",
        "pipe:copy?delimiter=pipe -> pipe:copy is a bean of the registry: the options [delimiter]",
        "pipe:gzip?blocks=0 -> pipe://gzip?blocks=0: blocks is 0, it must be 1 or more.",
        "pipe:gzip?blockSize=-1 -> pipe://gzip?blockSize=-1: blockSize is -1, it must be 1 or more.",
        "pipe:gzip?parallelism=0 -> gzip: parallelism is 0, it must be 1 or more.",
      })
  void refusesWhatIsWrongWhenTheRouteIsMade(String uri, String message) {
    assertThatThrownBy(() -> context.getEndpoint(uri)).rootCause().hasMessageContaining(message);
  }

  @Test
  void cannotBeReadFrom() {
    assertThatThrownBy(() -> context.getEndpoint("pipe:copy").createConsumer(exchange -> {}))
        .hasMessage("pipe://copy can be written to only: use it in 'to', not in 'from'.");
  }

  private void bind(MarshalOnly.Marshal marshal) {
    context.getRegistry().bind("bean", new MarshalOnly(marshal));
  }

  private InputStream pipe(Object body, String uri) throws Exception {
    Exchange exchange = new DefaultExchange(context);
    exchange.getIn().setBody(body);
    context.getEndpoint("pipe:" + uri).createProducer().process(exchange);
    return exchange.getMessage().getBody(InputStream.class);
  }

  private static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
