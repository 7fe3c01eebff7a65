package dev.writeback.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterTest {

  @ParameterizedTest
  @CsvSource({
    "comma, 44", "tab, 9", "pipe, 124", "semicolon, 59", "colon, 58", "space, 32", "caret, 94",
    "tilde, 126", "hash, 35", "percent, 37", "ampersand, 38", "plus, 43", "soh, 1", "us, 31",
    "PIPE, 124", "Tab, 9"
  })
  void knowsNamesInAnyCase(String name, int character) {
    assertThat(Delimiter.of(name).character()).isEqualTo((char) character);
  }

  @ParameterizedTest
  @ValueSource(strings = {"|", "\t", " ", "x", "\u0000", "\u007F"})
  void takesAnyOtherAsciiCharacter(String character) {
    assertThat(Delimiter.of(character).character()).isEqualTo(character.charAt(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "§", "€", "||", "", "pype"})
  void refusesWhatCannotDelimit(String text) {
    assertThatThrownBy(() -> Delimiter.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "delimiter is '%s'; it must be one of [comma, tab, pipe, semicolon, colon, space, caret,"
                + " tilde, hash, percent, ampersand, plus, soh, us] or a single ASCII character"
                + " other than a double quote, CR and LF.",
            text);
  }

  @Test
  void refusesLineEndsReadably() {
    assertThatThrownBy(() -> Delimiter.of("\n")).hasMessageStartingWith("delimiter is '\\n';");
    assertThatThrownBy(() -> Delimiter.of("\r")).hasMessageStartingWith("delimiter is '\\r';");
  }
}
