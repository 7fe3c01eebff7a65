package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table {@code spec/csv-dialects.yaml}, for both engines. */
class CsvDialectsSpecTest {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(context);

  static Stream<Case> cases() {
    return Spec.cases("csv-dialects");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void delimitedWritesTheOutput(Case row) throws Exception {
    DelimitedDataFormat delimited = Texts.with(new DelimitedDataFormat(), row.map("options"));
    byte[] input = input(row);
    for (int readSize = 1; readSize <= input.length + 1; readSize++) {
      InputStream in = Texts.stream(input, readSize);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (row.has("error")) {
        assertThatThrownBy(() -> delimited.marshal(exchange, in, out))
            .hasMessage(row.text("error"));
      } else {
        delimited.marshal(exchange, in, out);
        assertWritten(row, row.text("output"), out.toByteArray(), "reads of " + readSize);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void domoCsvWritesTheSameRecords(Case row) throws Exception {
    DomoCsvDataFormat domoCsv = Texts.with(new DomoCsvDataFormat(), row.map("options"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Object rows = domoCsv.unmarshal(exchange, Texts.stream(input(row), 3));
    if ("refuses".equals(row.text("camel"))) {
      assertThatThrownBy(() -> domoCsv.marshal(exchange, rows, out)).isInstanceOf(Exception.class);
    } else if (row.has("error")) {
      assertThatThrownBy(() -> domoCsv.marshal(exchange, rows, out))
          .hasMessage(row.text("camelError", row.text("error")));
    } else {
      domoCsv.marshal(exchange, rows, out);
      assertWritten(row, row.text("camel", row.text("output")), out.toByteArray(), "domoCsv");
    }
    if (row.has("output") && row.has("camel") && !"refuses".equals(row.text("camel"))) {
      Dialect dialect = domoCsv.checkedDialect();
      assertThat(Texts.records(row.text("camel"), dialect))
          .isEqualTo(Texts.records(row.text("output"), dialect));
    }
  }

  private static void assertWritten(Case row, String text, byte[] written, String how) {
    Object charset = row.map("options").getOrDefault("charset", "UTF-8");
    byte[] wanted =
        text == null
            ? HEX.parseHex(row.text("bytes").toUpperCase(Locale.ROOT))
            : text.getBytes(Charset.forName(charset.toString()));
    assertThat(HEX.formatHex(written))
        .as("%s: '%s'", how, new String(written, Charset.forName(charset.toString())))
        .isEqualTo(HEX.formatHex(wanted));
  }

  private static byte[] input(Case row) {
    return Texts.bytes(row.text("input"), row.text("hex"));
  }
}
