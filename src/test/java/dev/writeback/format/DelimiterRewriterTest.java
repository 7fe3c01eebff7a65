package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterRewriterTest {

  @ParameterizedTest
  @ValueSource(strings = {"pipe", "tab", "semicolon", "space", "soh"})
  void keepsTheRecordsOfRandomTexts(String name) throws IOException {
    Delimiter delimiter = Delimiter.of(name);
    for (int seed = 0; seed < 300; seed++) {
      String text = Texts.random(new Random(seed), 40);

      String rewritten = Texts.rewrite(text, delimiter, 4096, 4096);

      assertThat(Texts.records(rewritten, delimiter.character()))
          .as("seed %s", seed)
          .isEqualTo(Texts.records(text, ','));
    }
  }

  @Test
  void doesNotCareHowTheInputIsSplit() throws IOException {
    Delimiter pipe = Delimiter.of("pipe");
    for (int seed = 0; seed < 50; seed++) {
      String text = Texts.random(new Random(seed), 30);
      for (int capacity : new int[] {1, 2, 7, 8, 9, 16, 33, 4096}) {
        String whole = Texts.rewrite(text, pipe, capacity, Integer.MAX_VALUE);
        for (int readSize = 1; readSize < 40; readSize++) {
          assertThat(Texts.rewrite(text, pipe, capacity, readSize))
              .as("seed %s, capacity %s, reads of %s", seed, capacity, readSize)
              .isEqualTo(whole);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 15, 16, 17})
  void quotesFieldsThatDoNotFitTheBufferAndKeepsTheRecords(int capacity) throws IOException {
    Delimiter pipe = Delimiter.of("pipe");
    for (int seed = 0; seed < 100; seed++) {
      String text = Texts.random(new Random(seed), 40);

      String rewritten = Texts.rewrite(text, pipe, capacity, 5);

      assertThat(Texts.records(rewritten, '|'))
          .as("seed %s", seed)
          .isEqualTo(Texts.records(text, ','));
    }
  }

  @Test
  void quotesAFieldOfTheBuffersSizeOnly() throws IOException {
    assertThat(Texts.rewrite("1234567,x\n", Delimiter.of("pipe"), 8, 8)).isEqualTo("1234567|x\n");
    assertThat(Texts.rewrite("12345678,x\n", Delimiter.of("pipe"), 8, 8))
        .isEqualTo("\"12345678\"|x\n");
  }

  @Test
  void losesNothingOfTextThatIsNotCsv() throws IOException {
    String alphabet = "\",\r\n|ab";
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 24; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String input = text + "\"\"\n";
      String rewritten;
      try {
        rewritten = Texts.rewrite(input, Delimiter.of("pipe"), 4096, 5);
      } catch (IOException cutOff) {
        assertThat(cutOff).hasMessageStartingWith("The CSV ends inside a quoted field");
        continue;
      }
      // But for commas and quotes, every byte is there, in its place.
      assertThat(rewritten.replaceAll("[\",|]", ""))
          .as("seed %s", seed)
          .isEqualTo(input.replaceAll("[\",|]", ""));
      assertThat(count(rewritten, '"')).isGreaterThanOrEqualTo(count(input, '"'));
      // And it is CSV now.
      assertThat(Texts.records(rewritten, '|')).as("seed %s", seed).isNotEmpty();
    }
  }

  @Test
  void refusesTheCommaItself() {
    assertThatThrownBy(() -> new DelimiterRewriter(Delimiter.COMMA))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(character -> character == wanted).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 100})
  void aByteOrderMarkDoesNotHideTheQuoteBehindIt(int readSize) throws IOException {
    String text = "\uFEFF\"a,b\",\"c|d\"\n1,2\n";

    assertThat(Texts.rewrite(text, Delimiter.of("pipe"), 4096, readSize))
        .isEqualTo("\uFEFF\"a,b\"|\"c|d\"\n1|2\n");
  }
}
