package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCounterTest {

  static Stream<Case> cases() {
    return Spec.cases("record-count");
  }

  /** Each case is also cut into three pieces in every way. */
  @ParameterizedTest
  @MethodSource("cases")
  void countsAsTheTableSays(Case row) {
    byte[] csv = row.text("csv").getBytes(StandardCharsets.UTF_8);
    boolean insideQuotes = row.flag("inside quotes");
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
              .isEqualTo(row.number("records").longValue());
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
}
