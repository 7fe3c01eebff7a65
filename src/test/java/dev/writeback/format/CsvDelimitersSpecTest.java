package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Runs the table {@code spec/csv-delimiters.yaml}, for both engines. */
class CsvDelimitersSpecTest {

  private final DefaultCamelContext context = new DefaultCamelContext();

  @TestFactory
  Stream<DynamicTest> delimitedWritesTheOutput() {
    return cases().map(row -> DynamicTest.dynamicTest(row.name(), () -> checkDelimited(row)));
  }

  @TestFactory
  Stream<DynamicTest> domoCsvWritesTheSameRecords() {
    return cases().map(row -> DynamicTest.dynamicTest(row.name(), () -> checkDomoCsv(row)));
  }

  private void checkDelimited(Case row) throws Exception {
    int length = row.input().getBytes(StandardCharsets.UTF_8).length;
    for (int readSize = 1; readSize <= length + 1; readSize++) {
      InputStream in = Texts.stream(row.input(), readSize);
      if (row.error() == null) {
        assertThat(delimited(row, in)).as("reads of %s", readSize).isEqualTo(row.output());
      } else {
        assertThatThrownBy(() -> delimited(row, in)).hasMessage(row.error());
      }
    }
    if (row.records() != null) {
      assertThat(records(row.output(), row)).isEqualTo(row.records());
    }
  }

  private void checkDomoCsv(Case row) throws Exception {
    if (row.domoCsvRefuses()) {
      assertThatThrownBy(() -> domoCsv(row)).hasRootCauseInstanceOf(IOException.class);
    } else {
      assertThat(records(domoCsv(row), row)).isEqualTo(row.records());
    }
  }

  private String delimited(Case row, InputStream in) throws Exception {
    DelimitedDataFormat dataFormat = new DelimitedDataFormat();
    dataFormat.setDelimiter(row.delimiter());
    dataFormat.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    dataFormat.marshal(exchange(), in, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private String domoCsv(Case row) throws Exception {
    DomoCsvDataFormat dataFormat = new DomoCsvDataFormat();
    dataFormat.setDelimiter(row.delimiter());
    dataFormat.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exchange exchange = exchange();
    Object rows = dataFormat.unmarshal(exchange, Texts.stream(row.input(), 3));
    dataFormat.marshal(exchange, rows, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private Exchange exchange() {
    return new DefaultExchange(context);
  }

  private static List<List<String>> records(String text, Case row) throws IOException {
    return Texts.records(text, Delimiter.of(row.delimiter()).character());
  }

  private static Stream<Case> cases() {
    InputStream table =
        CsvDelimitersSpecTest.class.getResourceAsStream("/spec/csv-delimiters.yaml");
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows =
        (List<Map<String, Object>>)
            new Load(LoadSettings.builder().build()).loadFromInputStream(table);
    return rows.stream().map(Case::of);
  }

  private record Case(
      String name,
      String delimiter,
      String input,
      String output,
      String error,
      List<List<String>> records,
      boolean domoCsvRefuses) {

    @SuppressWarnings("unchecked")
    static Case of(Map<String, Object> row) {
      return new Case(
          (String) row.get("name"),
          (String) row.get("delimiter"),
          (String) row.get("input"),
          (String) row.get("output"),
          (String) row.get("error"),
          (List<List<String>>) row.get("records"),
          "refuses".equals(row.get("domoCsv")));
    }
  }
}
