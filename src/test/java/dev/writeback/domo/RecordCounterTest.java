package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class RecordCounterTest {

  /** {@code spec/record-count.yaml}, each case also cut into three pieces in every way. */
  @TestFactory
  Stream<DynamicTest> countsAsTheTableSays() throws IOException {
    return table().stream().map(row -> dynamicTest((String) row.get("name"), () -> check(row)));
  }

  private static void check(Map<?, ?> row) {
    byte[] csv = ((String) row.get("csv")).getBytes(StandardCharsets.UTF_8);
    boolean insideQuotes = Boolean.TRUE.equals(row.get("inside quotes"));
    for (int first = 0; first <= csv.length; first++) {
      for (int second = first; second <= csv.length; second++) {
        RecordCounter counter = new RecordCounter();
        counter.accept(csv, 0, first);
        counter.accept(csv, first, second - first);
        counter.accept(csv, second, csv.length - second);
        assertThat(counter.isInsideQuotes()).isEqualTo(insideQuotes);
        counter.end();
        if (!insideQuotes) {
          assertThat(counter.records())
              .as("cut at %s and %s", first, second)
              .isEqualTo(((Number) row.get("records")).longValue());
        }
        assertThat(counter.bytes()).isEqualTo(csv.length);
      }
    }
  }

  /** Whatever RFC 4180 allows to write, in pieces of any size. */
  @Test
  void countsAnyRecordsInAnyPieces() {
    Random random = new Random(20261122);
    for (int round = 0; round < 5000; round++) {
      int records = random.nextInt(12);
      byte[] csv = written(records, random);
      assertThat(countedInPieces(csv, random))
          .as(() -> new String(csv, StandardCharsets.UTF_8))
          .isEqualTo(records);
    }
  }

  private static byte[] written(int records, Random random) {
    int columns = 1 + random.nextInt(3);
    boolean allQuoted = random.nextBoolean();
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    StringBuilder csv = new StringBuilder();
    for (int record = 0; record <= records; record++) {
      for (int column = 0; column < columns; column++) {
        String value = value(random);
        boolean quoted = allQuoted || value.matches("(?s).*[,\"\r\n].*");
        csv.append(column == 0 ? "" : ",")
            .append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
      }
      csv.append(lineEnd);
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String value(Random random) {
    String alphabet = "ab,\"\n\réx ";
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(20); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static long countedInPieces(byte[] csv, Random random) {
    RecordCounter counter = new RecordCounter();
    int from = 0;
    while (from < csv.length) {
      int length = Math.min(csv.length - from, 1 + random.nextInt(40));
      counter.accept(csv, from, length);
      from += length;
    }
    counter.end();
    return counter.records();
  }

  @Test
  void knowsWhetherTheLastLineHasAnEnd() {
    assertThat(after("id\n1\n").isAtLineEnd()).isTrue();
    assertThat(after("id\n1").isAtLineEnd()).isFalse();
    assertThat(after("id\n\"1\n").isAtLineEnd()).isFalse();
    assertThat(after("").isAtLineEnd()).isFalse();
  }

  private static RecordCounter after(String csv) {
    RecordCounter counter = new RecordCounter();
    counter.accept(csv.getBytes(StandardCharsets.UTF_8), 0, csv.length());
    return counter;
  }

  private static List<Map<?, ?>> table() throws IOException {
    try (InputStream yaml =
        RecordCounterTest.class.getResourceAsStream("/spec/record-count.yaml")) {
      Object loaded = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      return ((List<?>) loaded).stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
    }
  }
}
