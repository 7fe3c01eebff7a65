package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomoCsvDataFormatTest {

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(context);

  @ParameterizedTest
  @ValueSource(strings = {"comma", "pipe", "tab", "space"})
  void writesTheRecordsThatDelimitedWrites(String name) throws Exception {
    Delimiter delimiter = Delimiter.of(name);
    DomoCsvDataFormat domoCsv = dataFormat(name);
    for (int seed = 0; seed < 200; seed++) {
      String text = Texts.random(new Random(seed), 40);
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      domoCsv.marshal(exchange, domoCsv.unmarshal(exchange, Texts.stream(text, 11)), out);

      String delimited = name.equals("comma") ? text : Texts.rewrite(text, delimiter, 4096, 4096);
      assertThat(Texts.records(out.toString(StandardCharsets.UTF_8), delimiter.character()))
          .as("seed %s", seed)
          .isEqualTo(Texts.records(delimited, delimiter.character()));
    }
  }

  @Test
  void aByteOrderMarkDoesNotHideTheQuoteBehindIt() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DomoCsvDataFormat domoCsv = dataFormat("pipe");
    String text = "\uFEFF\"a,b\",c\n1,2\n";

    domoCsv.marshal(exchange, domoCsv.unmarshal(exchange, Texts.stream(text, 11)), out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a,b|c\n1|2\n");
  }

  @Test
  void writesListsFromAnywhere() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    dataFormat("pipe")
        .marshal(exchange, List.of(Arrays.asList(1, null, "", "a|b"), List.of("x")), out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("1||\"\"|\"a|b\"\nx\n");
  }

  @Test
  void refusesRowsThatAreNoLists() {
    assertThatThrownBy(
            () ->
                dataFormat("pipe").marshal(exchange, List.of("text"), new ByteArrayOutputStream()))
        .hasMessage("domoCsv writes rows that are lists of values; a row is a java.lang.String.");
  }

  @Test
  void neverReplacesWhatIsNotUtf8() throws Exception {
    InputStream latin1 = new ByteArrayInputStream("a,Z\u00FCrich\n".getBytes("ISO-8859-1"));
    DomoCsvDataFormat domoCsv = dataFormat("pipe");

    Object rows = domoCsv.unmarshal(exchange, latin1);

    assertThatThrownBy(() -> domoCsv.marshal(exchange, rows, new ByteArrayOutputStream()))
        .hasRootCauseInstanceOf(MalformedInputException.class);
  }

  @Test
  void readsRowByRowAndClosesTheInput() throws Exception {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return read.getAndIncrement() % 2 == 0 ? 'a' : '\n';
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };

    Object rows = dataFormat("pipe").unmarshal(exchange, endless);

    assertThat(((Iterator<?>) rows).next()).isEqualTo(List.of("a"));
    assertThat(read.get()).isLessThan(100_000);
    ((Closeable) rows).close();
    assertThat(closed).hasPositiveValue();
  }

  @Test
  void aWrongDelimiterIsRefusedBeforeAnythingIsRead() {
    DomoCsvDataFormat domoCsv = new DomoCsvDataFormat();
    domoCsv.setDelimiter("pype");

    assertThatThrownBy(domoCsv::init).hasMessageStartingWith("delimiter is 'pype';");
  }

  private static DomoCsvDataFormat dataFormat(String delimiter) {
    DomoCsvDataFormat domoCsv = new DomoCsvDataFormat();
    domoCsv.setDelimiter(delimiter);
    domoCsv.start();
    return domoCsv;
  }
}
