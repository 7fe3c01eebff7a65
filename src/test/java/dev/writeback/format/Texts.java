package dev.writeback.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/** CSV texts for tests: made at random, cut into pieces, and read by commons-csv. */
final class Texts {

  /** Converts options; never started. */
  private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

  private Texts() {}

  /** What a reader finds; null and the empty string are kept apart. */
  static List<List<String>> records(String text, char delimiter) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(false)
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .get();
    List<List<String>> records = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      for (CSVRecord parsed : parser) {
        List<String> fields = new ArrayList<>();
        parsed.forEach(fields::add);
        records.add(fields);
      }
    }
    return records;
  }

  private static boolean endsField(String text, int at) {
    return at >= text.length()
        || text.startsWith(",", at)
        || text.startsWith("\n", at)
        || text.startsWith("\r\n", at)
        || text.charAt(at) == '\r' && at == text.length() - 1;
  }

  /** What a reader of this dialect finds; null and the empty string are kept apart. */
  static List<List<String>> records(String text, Dialect dialect) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(dialect.delimiter().character())
            .setQuote(dialect.hasQuote() ? (Character) (char) dialect.quote() : null)
            .setEscape(dialect.hasEscape() ? (Character) (char) dialect.escape() : null)
            .setNullString(dialect.nullText().isEmpty() ? null : dialect.nullText())
            .setIgnoreEmptyLines(false)
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .get();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      List<List<String>> records = new ArrayList<>();
      for (CSVRecord parsed : parser) {
        List<String> fields = new ArrayList<>();
        parsed.forEach(fields::add);
        records.add(fields);
      }
      return records;
    }
  }

  /**
   * The records of a text of Domo's, one character at a time and as the rows are counted: a quote
   * opens a field at its beginning only, and a record ends with LF or CRLF. Null and the empty
   * string are kept apart.
   *
   * @return empty where the text is cut off within quotes
   */
  static Optional<List<List<String>>> counted(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < text.length(); ) {
      StringBuilder value = new StringBuilder();
      boolean quoted = text.charAt(i) == '"';
      if (quoted) {
        for (i++; ; i++) {
          if (i >= text.length()) {
            return Optional.empty();
          } else if (text.charAt(i) != '"') {
            value.append(text.charAt(i));
          } else if (text.startsWith("\"\"", i)) {
            value.append(text.charAt(i++));
          } else {
            break;
          }
        }
        i++;
        value.append(endsField(text, i) ? "" : "\"");
      }
      while (!endsField(text, i)) {
        value.append(text.charAt(i++));
      }
      fields.add(value.isEmpty() && !quoted ? null : value.toString());
      if (text.startsWith(",", i) && i + 1 < text.length()) {
        i++;
        continue;
      }
      if (text.startsWith(",", i)) {
        fields.add(null);
      }
      records.add(new ArrayList<>(fields));
      fields.clear();
      i += text.startsWith("\r\n", i) ? 2 : 1;
    }
    return Optional.of(records);
  }

  /** A data format with these options, started. */
  static <T extends DialectDataFormat> T with(T dataFormat, Map<String, ?> options) {
    bind(dataFormat, options);
    dataFormat.start();
    return dataFormat;
  }

  static void bind(DialectDataFormat dataFormat, Map<String, ?> options) {
    PropertyBindingSupport.build()
        .withReference(false)
        .bind(CONTEXT, dataFormat, new HashMap<>(options));
  }

  /** A text's bytes, or those of which the hexadecimal digits are given. */
  static byte[] bytes(String text, String hex) {
    return text == null
        ? HexFormat.ofDelimiter(" ").parseHex(hex)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Well-formed CSV of a comma dialect, rich in what matters, of about this many fields. */
  static String random(Random random, int fields) {
    String[] pieces = {
      "a", "bc", "|", ";", " ", "\t", "é", "東", "😀", "\\N", "0123456789", "'", "-", "\u0001", "#"
    };
    String[] quotedPieces = {",", "\n", "\r\n", "\"\"", "\r"};
    String[] ends = {",", ",", ",", "\n", "\r\n"};
    StringBuilder text = new StringBuilder();
    for (int field = 0; field < fields; field++) {
      int length = random.nextInt(4) * random.nextInt(4);
      boolean quoted = random.nextInt(3) == 0;
      text.append(quoted ? "\"" : "");
      for (int piece = 0; piece < length; piece++) {
        boolean special = quoted && random.nextInt(3) == 0;
        String[] from = special ? quotedPieces : pieces;
        text.append(from[random.nextInt(from.length)]);
        if (!quoted && random.nextInt(20) == 0) {
          text.append("x\"");
        }
      }
      text.append(quoted ? "\"" : "");
      text.append(ends[random.nextInt(ends.length)]);
    }
    return text.toString();
  }

  static String rewrite(String text, Delimiter delimiter, int capacity, int readSize)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DelimiterRewriter(delimiter, capacity).rewrite(stream(text, readSize), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A stream that gives at most so many bytes at a read. */
  static InputStream stream(String text, int readSize) {
    return stream(text.getBytes(StandardCharsets.UTF_8), readSize);
  }

  static InputStream stream(byte[] bytes, int readSize) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(length, readSize));
      }
    };
  }
}
