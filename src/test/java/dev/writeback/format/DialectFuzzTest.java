package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/**
 * Random records, dialects, buffers and reads. What goes in is written by FastCSV, what comes out
 * read by FastCSV and commons-csv, neither of which knows our code. A seed names each case.
 */
class DialectFuzzTest {

  /** Many more of them by bench/fuzz. */
  private static final int CASES = Integer.getInteger("fuzz.cases", 3000);

  private static final int MOST_COLUMNS = 4;
  private static final int MOST_ROWS = 12;

  private static final String[] PIECES = {
    "a",
    "bc",
    ",",
    "|",
    ";",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\"",
    "'",
    "\\",
    "^",
    "N",
    "NULL",
    "\\N",
    "é",
    "東",
    "😀",
    "0123456789",
    "\u0000"
  };
  private static final List<String> DELIMITERS = List.of("comma", "pipe", "tab", "space", "soh");
  private static final List<String> QUOTES = List.of("double", "single", "caret", "none");
  private static final List<String> ESCAPES = List.of("none", "none", "backslash");
  private static final List<String> NULL_TEXTS = List.of("empty", "NULL", "nil");
  private static final List<String> NULLS_IN = List.of("empty", "\\N", "none");
  private static final List<String> CHARSETS = List.of("UTF-8", "UTF-8", "UTF-16LE", "GB18030");

  /** A character that is no piece, for a reader that must have a quote. */
  private static final char UNUSED = '\u0003';

  private final CamelContext context = new DefaultCamelContext();

  @Test
  void everyReaderFindsTheRecordsAgain() throws Exception {
    int written = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Map<String, Object> options = options(random);
      DelimitedDataFormat delimited = new DelimitedDataFormat();
      DomoCsvDataFormat camel = new DomoCsvDataFormat();
      NullIn nullIn = NullIn.of(options.get("nullIn").toString());
      List<List<String>> records = records(random, nullIn);
      byte[] input = asDomo(random, records, nullIn).getBytes(StandardCharsets.UTF_8);
      Texts.bind(delimited, options);
      if (!delimited.problems().isEmpty()) {
        continue;
      }
      Dialect dialect = delimited.checkedDialect();
      int capacity = 5 + random.nextInt(200);
      int readSize = 1 + random.nextInt(300);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String what = "seed " + seed + " " + options;
      camel = Texts.with(camel, options);
      Object rows = camel.unmarshal(exchange(), Texts.stream(input, readSize));
      if (cannotBeWritten(records, dialect)) {
        assertThatThrownBy(
                () ->
                    new DialectRecoder(dialect, CsvFields.BUFFER_SIZE)
                        .recode(Texts.stream(input, readSize), out))
            .as(what)
            .isInstanceOf(UnwritableValueException.class);
        DomoCsvDataFormat refusing = camel;
        assertThatThrownBy(() -> refusing.marshal(exchange(), rows, out))
            .as(what)
            .isInstanceOf(UnwritableValueException.class);
        continue;
      }
      new DialectRecoder(dialect, capacity).recode(Texts.stream(input, readSize), out);
      assertFound(out.toString(dialect.charset()), records, dialect, what);
      out.reset();
      camel.marshal(exchange(), rows, out);
      assertFound(out.toString(dialect.charset()), records, dialect, what + " camel");
      written++;
    }
    assertThat(written).as("texts that could be written").isGreaterThan(CASES / 3);
  }

  /** Most of these are not the CSV of a standard, and any of them has so many rows for Domo. */
  @Test
  void whatIsWrittenHasTheRecordsThatAreCounted() throws Exception {
    String alphabet = "\",\r\n|'ab";
    Dialect single =
        Texts.with(new DelimitedDataFormat(), Map.of("quote", "single")).checkedDialect();
    int whole = 0;
    for (int seed = 0; seed < 7 * CASES; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(24); i >= 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Optional<List<List<String>>> wanted = Texts.counted(text.toString());
      if (wanted.isEmpty()) {
        continue;
      }
      int readSize = 1 + random.nextInt(9);
      int capacity = 5 + random.nextInt(16);
      String what = "seed %s, capacity %s, reads of %s".formatted(seed, capacity, readSize);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new DialectRecoder(single, capacity).recode(Texts.stream(text.toString(), readSize), out);
      assertThat(Texts.records(out.toString(StandardCharsets.UTF_8), single))
          .as(what)
          .isEqualTo(wanted.orElseThrow());
      String piped = Texts.rewrite(text.toString(), Delimiter.of("pipe"), capacity, readSize);
      assertThat(Texts.records(piped, '|')).as(what + " pipe").isEqualTo(wanted.orElseThrow());
      whole++;
    }
    assertThat(whole).as("texts that are not cut off").isGreaterThan(CASES);
  }

  @Test
  void noSplitOfTheInputMatters() throws Exception {
    for (int seed = 0; seed < Math.max(5, CASES / 1000); seed++) {
      Random random = new Random(seed);
      List<List<String>> records = records(random, NullIn.EMPTY);
      byte[] input = asDomo(random, records, NullIn.EMPTY).getBytes(StandardCharsets.UTF_8);
      Dialect dialect =
          Texts.with(new DelimitedDataFormat(), Map.of("quote", "single", "nullText", "NULL"))
              .checkedDialect();
      for (int capacity = 5; capacity < 40; capacity++) {
        for (int readSize = 1; readSize < 24; readSize++) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          new DialectRecoder(dialect, capacity).recode(Texts.stream(input, readSize), out);
          assertFound(
              out.toString(StandardCharsets.UTF_8),
              records,
              dialect,
              "seed %s, capacity %s, reads of %s".formatted(seed, capacity, readSize));
        }
      }
    }
  }

  @Test
  void jsonHoldsTheRecords() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonLinesDataFormat jsonl = new JsonLinesDataFormat();
    jsonl.start();
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      List<List<String>> records = new ArrayList<>(records(random, NullIn.EMPTY));
      int columns = records.get(0).size();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        names.add("column " + i);
      }
      records.set(0, names);
      byte[] input = asDomo(random, records, NullIn.EMPTY).getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      jsonl.marshal(exchange(), Texts.stream(input, 1 + random.nextInt(60)), out);

      List<List<String>> found = new ArrayList<>();
      for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
        if (!line.isEmpty()) {
          JsonNode object = mapper.readTree(line);
          found.add(names.stream().map(name -> object.get(name).textValue()).toList());
        }
      }
      assertThat(found).as("seed %s", seed).isEqualTo(records.subList(1, records.size()));
    }
  }

  /** A new one each time: what the formats leave in one to be closed would fill the memory. */
  private Exchange exchange() {
    return new DefaultExchange(context);
  }

  private static Map<String, Object> options(Random random) {
    Map<String, Object> options = new HashMap<>();
    options.put("delimiter", one(DELIMITERS, random));
    options.put("quote", one(QUOTES, random));
    options.put("escape", one(ESCAPES, random));
    options.put("quoteMode", one(List.of(QuoteMode.values()), random));
    options.put("header", random.nextInt(4) > 0);
    options.put("nullText", one(NULL_TEXTS, random));
    options.put("nullIn", one(NULLS_IN, random));
    options.put("lineEnd", one(List.of(LineEnd.values()), random));
    options.put("charset", one(CHARSETS, random));
    return options;
  }

  private static List<List<String>> records(Random random, NullIn nullIn) {
    int columns = 1 + random.nextInt(MOST_COLUMNS);
    boolean tame = random.nextBoolean();
    List<List<String>> records = new ArrayList<>();
    for (int row = random.nextInt(MOST_ROWS); row >= 0; row--) {
      String[] fields = new String[columns];
      for (int field = 0; field < columns; field++) {
        boolean isNull = !records.isEmpty() && nullIn != NullIn.NONE && random.nextInt(5) == 0;
        fields[field] = isNull ? null : text(random, tame);
      }
      records.add(Arrays.asList(fields));
    }
    return records;
  }

  /**
   * @param tame without what a dialect without quotes cannot hold
   */
  private static String text(Random random, boolean tame) {
    StringBuilder text = new StringBuilder(tame ? "x" : "");
    for (int piece = random.nextInt(5) * random.nextInt(5); piece > 0; piece--) {
      String next = PIECES[random.nextInt(PIECES.length)];
      text.append(tame && next.codePointAt(0) < '0' ? "y" : next);
    }
    return text.toString();
  }

  /**
   * The records as Domo would send them, with quotes where they need be and where they need not.
   */
  private static String asDomo(Random random, List<List<String>> records, NullIn nullIn)
      throws IOException {
    QuoteStrategy quotes =
        new QuoteStrategy() {
          @Override
          public boolean quoteNull(int line, int field) {
            return false;
          }

          @Override
          public boolean quoteEmpty(int line, int field) {
            return nullIn == NullIn.EMPTY || random.nextBoolean();
          }

          @Override
          public boolean quoteValue(int line, int field, String value) {
            return value.equals("\\N")
                ? records.get(line - 1).get(field) != null
                : random.nextInt(3) == 0;
          }
        };
    StringWriter text = new StringWriter();
    try (CsvWriter writer =
        CsvWriter.builder()
            .quoteStrategy(quotes)
            .lineDelimiter(random.nextBoolean() ? LineDelimiter.LF : LineDelimiter.CRLF)
            .build(text)) {
      for (List<String> record : records) {
        writer.writeRecord(
            record.stream()
                .map(value -> value == null && nullIn != NullIn.EMPTY ? nullIn.text() : value)
                .toList());
      }
    }
    return text.toString();
  }

  private static boolean cannotBeWritten(List<List<String>> records, Dialect dialect) {
    if (dialect.hasQuote()) {
      return false;
    }
    List<String> values =
        records.subList(dialect.header() ? 0 : 1, records.size()).stream()
            .flatMap(List::stream)
            .filter(value -> value != null)
            .toList();
    boolean isSeparated =
        values.stream()
            .anyMatch(
                value ->
                    value.indexOf(dialect.delimiter().character()) >= 0
                        || value.indexOf('\n') >= 0
                        || value.indexOf('\r') >= 0);
    boolean isNull =
        dialect.nullIn() != NullIn.NONE
            && records.subList(1, records.size()).stream()
                .flatMap(List::stream)
                .anyMatch(dialect.nullText()::equals);
    return !dialect.hasEscape() && isSeparated || isNull;
  }

  private static void assertFound(
      String text, List<List<String>> records, Dialect dialect, String what) throws IOException {
    List<List<String>> wanted = asRead(records, dialect);
    List<List<String>> found = Texts.records(text, dialect);
    for (int i = 0; i < found.size(); i++) {
      if (dialect.nullIn() == NullIn.NONE || i == 0 && dialect.header()) {
        // What a reader takes for a null is a name, or a text, of these letters here.
        found.get(i).replaceAll(value -> value == null ? dialect.nullText() : value);
      }
    }
    assertThat(found).as(what).isEqualTo(wanted);
    if (!dialect.hasEscape()) {
      try (CsvReader<de.siegmar.fastcsv.reader.CsvRecord> reader =
          CsvReader.builder()
              .fieldSeparator(dialect.delimiter().character())
              .quoteCharacter(dialect.hasQuote() ? (char) dialect.quote() : UNUSED)
              .skipEmptyLines(false)
              .ofCsvRecord(text)) {
        assertThat(reader.stream().map(record -> record.getFields()))
            .as(what + " FastCSV")
            .isEqualTo(
                wanted.stream()
                    .map(
                        record ->
                            record.stream()
                                .map(value -> value == null ? dialect.nullText() : value)
                                .collect(Collectors.toList()))
                    .toList());
      }
    }
  }

  /** What a reader finds. */
  private static List<List<String>> asRead(List<List<String>> records, Dialect dialect) {
    return records.subList(dialect.header() ? 0 : 1, records.size());
  }

  private static <T> T one(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
