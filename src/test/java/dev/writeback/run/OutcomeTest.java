package dev.writeback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit code that other programs rely on. */
class OutcomeTest {

  private static final int OUTCOMES = 12;

  @ParameterizedTest
  @CsvSource({
    "DONE, 0",
    "UNCHANGED, 0",
    "NOTHING_NEW, 0",
    "UNEXPECTED, 1",
    "OVERLAP, 1",
    "ABANDONED, 1",
    "STOPPED, 1",
    "CONFIGURATION, 2",
    "CREDENTIALS, 3",
    "DOMO, 4",
    "S3, 5",
    "NOT_PROVED, 6"
  })
  void hasItsExitCode(Outcome outcome, int exitCode) {
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.isSuccess()).isEqualTo(exitCode == 0);
  }

  @Test
  void isToldWhole() {
    assertThat(Arrays.stream(Outcome.values())).hasSize(OUTCOMES);
  }
}
