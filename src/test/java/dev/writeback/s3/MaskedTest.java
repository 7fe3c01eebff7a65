package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a message shows of a value that is not for everybody. */
class MaskedTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, none",
        "z, ... (1 character)",
        "abc, ... (3 characters)",
        "abcd, a...d (4 characters)",
        "sandboxid, sa...id (9 characters)"
      })
  void isEnoughToTellItFromAnother(String value, String shown) {
    assertThat(Masked.text(value)).isEqualTo(shown);
  }
}
