package dev.writeback.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/** CSV texts for tests: made at random, cut into pieces, and read by commons-csv. */
final class Texts {

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
