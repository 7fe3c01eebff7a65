package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.NodeFolder;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The npm package csv-spectrum, CSV that readers trip over with the records that are in it, goes
 * through both engines in every dialect; what comes out is read by Python's csv and json modules.
 */
class CsvSpectrumTest {

  private static final int FILES = 12;

  /** Its empty fields are empty strings: the package knows no null. */
  private static final List<Map<String, Object>> DIALECTS =
      List.of(
          Map.of(),
          Map.of("delimiter", "pipe"),
          Map.of("delimiter", "tab", "lineEnd", "crlf"),
          Map.of("delimiter", "semicolon", "quote", "single", "charset", "UTF-16LE"),
          Map.of("delimiter", "space", "quoteMode", "all"),
          Map.of("delimiter", "soh", "quoteMode", "minimal", "header", false),
          Map.of("quote", "caret", "escape", "backslash", "charset", "GB18030"),
          Map.of("quoteMode", "all", "escape", "backslash", "nullText", "\\N"),
          Map.of("quote", "none", "escape", "backslash", "nullIn", "none"),
          Map.of("quote", "none", "escape", "slash", "delimiter", "tilde", "nullText", "NULL"));

  private static Path spectrum;

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final List<Map<String, Object>> cases = new ArrayList<>();

  @TempDir Path folder;

  @BeforeAll
  static void install() throws Exception {
    spectrum = NodeFolder.install("csv-spectrum").file("csv-spectrum");
  }

  @Test
  void pythonFindsTheAnswers() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(spectrum.resolve("csvs"))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(FILES);
    for (Path file : files) {
      for (Map<String, Object> options : DIALECTS) {
        delimited(file, options);
        domoCsv(file, options);
      }
      jsonl(file);
    }
    assertThat(python()).isEqualTo(FILES * (2 * DIALECTS.size() + 1) + " equal\n");
  }

  private void delimited(Path file, Map<String, Object> options) throws Exception {
    DelimitedDataFormat delimited = Texts.with(new DelimitedDataFormat(), options);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = newCase(file, options)) {
      delimited.marshal(exchange, in, out);
    }
  }

  private void domoCsv(Path file, Map<String, Object> options) throws Exception {
    DomoCsvDataFormat domoCsv = Texts.with(new DomoCsvDataFormat(), options);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = newCase(file, options)) {
      domoCsv.marshal(exchange, domoCsv.unmarshal(exchange, in), out);
    }
  }

  private void jsonl(Path file) throws Exception {
    JsonLinesDataFormat jsonl = new JsonLinesDataFormat();
    jsonl.start();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = newCase(file, null)) {
      jsonl.marshal(exchange, in, out);
    }
  }

  /**
   * @param options null for JSON
   */
  private OutputStream newCase(Path file, Map<String, Object> options) throws Exception {
    String name = file.getFileName().toString().replace(".csv", "");
    Path text = folder.resolve(cases.size() + "-" + name);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("text", text.toString());
    told.put("answer", spectrum.resolve("json/" + name + ".json").toAbsolutePath().toString());
    if (options != null) {
      Dialect dialect = Texts.with(new DelimitedDataFormat(), options).checkedDialect();
      told.put("charset", dialect.charset().name());
      told.put("delimiter", String.valueOf(dialect.delimiter().character()));
      told.put("quote", character(dialect.quote()));
      told.put("escape", character(dialect.escape()));
      told.put("header", dialect.header());
    }
    cases.add(told);
    return Files.newOutputStream(text);
  }

  private static String character(int character) {
    return character == Characters.NONE ? null : Character.toString(character);
  }

  private String python() throws Exception {
    Path told = folder.resolve("cases.json");
    new ObjectMapper().writeValue(told.toFile(), cases);
    Process python =
        new ProcessBuilder("python3", "src/test/python/dialects.py", told.toString())
            .redirectErrorStream(true)
            .start();
    return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
