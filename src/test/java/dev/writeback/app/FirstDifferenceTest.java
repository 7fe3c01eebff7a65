package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FirstDifferenceTest {

  private static String between(String expected, String found) {
    return FirstDifference.between(
        expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void equalsHaveNone() {
    assertThat(between("a\nb\n", "a\nb\n")).isNull();
  }

  @Test
  void aLineEndIsSeen() {
    assertThat(between("a\nb\n", "a\nb\r\n"))
        .isEqualTo("line 2, byte 2 of it\n  expected b\\n\n  is       b\\r\\n");
  }

  @Test
  void theEndIsSeen() {
    assertThat(between("a\nb\n", "a\n"))
        .isEqualTo("line 2, byte 1 of it\n  expected b\\n\n  is       (the end)");
    assertThat(between("a", "a\n"))
        .isEqualTo("line 1, byte 2 of it\n  expected a(the end)\n  is       a\\n");
  }

  @Test
  void ofALongLineThePartAroundIsShown() {
    String long1 = "x".repeat(500) + "1" + "y".repeat(500);
    String long2 = "x".repeat(500) + "2" + "y".repeat(500);

    assertThat(between(long1, long2))
        .startsWith("line 1, byte 501 of it\n")
        .contains("expected " + "x".repeat(60) + "1" + "y".repeat(59) + "...");
  }
}
