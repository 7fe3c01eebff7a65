package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table {@code spec/json-lines.yaml}. */
class JsonLinesSpecTest {

  private final DefaultCamelContext context = new DefaultCamelContext();

  static Stream<Case> cases() {
    return Spec.cases("json-lines");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void jsonlWritesTheOutput(Case row) throws Exception {
    JsonLinesDataFormat jsonl = new JsonLinesDataFormat();
    jsonl.setNullIn(row.text("nullIn", "empty"));
    jsonl.start();
    byte[] input = Texts.bytes(row.text("input"), row.text("hex"));
    for (int readSize = 1; readSize <= input.length + 1; readSize++) {
      InputStream in = Texts.stream(input, readSize);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      List<String> notes = new ArrayList<>();
      Exchange exchange = new DefaultExchange(context);
      exchange.setProperty(JsonLinesDataFormat.NOTES, notes);
      if (row.has("types")) {
        exchange.setProperty(JsonLinesDataFormat.COLUMN_TYPES, row.map("types"));
      }
      if (row.has("error")) {
        assertThatThrownBy(() -> jsonl.marshal(exchange, in, out)).hasMessage(row.text("error"));
      } else {
        jsonl.marshal(exchange, in, out);
        assertThat(out.toString(StandardCharsets.UTF_8))
            .as("reads of %s", readSize)
            .isEqualTo(row.text("output"));
        assertThat(notes).isEqualTo(row.list("notes"));
      }
    }
  }
}
