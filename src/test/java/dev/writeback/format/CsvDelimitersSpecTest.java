package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table {@code spec/csv-delimiters.yaml}, for both engines. */
class CsvDelimitersSpecTest {

  private final DefaultCamelContext context = new DefaultCamelContext();

  static Stream<Case> cases() {
    return Spec.cases("csv-delimiters");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void delimitedWritesTheOutput(Case row) throws Exception {
    int length = row.text("input").getBytes(StandardCharsets.UTF_8).length;
    for (int readSize = 1; readSize <= length + 1; readSize++) {
      InputStream in = Texts.stream(row.text("input"), readSize);
      if (!row.has("error")) {
        assertThat(delimited(row, in)).as("reads of %s", readSize).isEqualTo(row.text("output"));
      } else {
        assertThatThrownBy(() -> delimited(row, in)).hasMessage(row.text("error"));
      }
    }
    if (row.has("records")) {
      assertThat(records(row.text("output"), row)).isEqualTo(row.list("records"));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void domoCsvWritesTheSameRecords(Case row) throws Exception {
    if ("refuses".equals(row.text("domoCsv"))) {
      assertThatThrownBy(() -> domoCsv(row)).hasRootCauseInstanceOf(IOException.class);
    } else {
      assertThat(records(domoCsv(row), row)).isEqualTo(row.list("records"));
    }
  }

  private String delimited(Case row, InputStream in) throws Exception {
    DelimitedDataFormat dataFormat = new DelimitedDataFormat();
    dataFormat.setDelimiter(row.text("delimiter"));
    dataFormat.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    dataFormat.marshal(exchange(), in, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private String domoCsv(Case row) throws Exception {
    DomoCsvDataFormat dataFormat = new DomoCsvDataFormat();
    dataFormat.setDelimiter(row.text("delimiter"));
    dataFormat.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exchange exchange = exchange();
    Object rows = dataFormat.unmarshal(exchange, Texts.stream(row.text("input"), 3));
    dataFormat.marshal(exchange, rows, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private Exchange exchange() {
    return new DefaultExchange(context);
  }

  private static List<List<String>> records(String text, Case row) throws IOException {
    return Texts.records(text, Delimiter.of(row.text("delimiter")).character());
  }
}
