package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Retry;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pauses between the attempts of a run. */
class RetryPolicyTest {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final RetryPolicy policy = new RetryPolicy();

  RetryPolicyTest() {
    policy.setRetryDelay(Duration.ofSeconds(30));
    policy.setRetryDelayLimit(LIMIT);
  }

  private Duration pause(int attempt) {
    return policy.pause(Retry.UNSTATED, attempt, null);
  }

  @Test
  void doubleEachTimeWithAFifthOfChance() {
    for (int attempt = 1; attempt <= 4; attempt++) {
      long middle = 30_000L << (attempt - 1);
      int now = attempt;
      assertThat(IntStream.range(0, 500).mapToLong(any -> pause(now).toMillis()))
          .allSatisfy(pause -> assertThat(pause).isBetween(middle * 8 / 10, middle * 12 / 10))
          .as("differ")
          .anySatisfy(pause -> assertThat(pause).isLessThan(middle))
          .anySatisfy(pause -> assertThat(pause).isGreaterThan(middle));
    }
  }

  @Test
  void areNeverLongerThanTheLimitHoweverManyCameBefore() {
    for (int attempt : new int[] {6, 60, Integer.MAX_VALUE}) {
      assertThat(pause(attempt)).isBetween(LIMIT.multipliedBy(8).dividedBy(10), LIMIT);
    }
  }

  @Test
  void areThoseOfTheJobWhereItStatesThem() {
    Retry job = new Retry(null, Duration.ofMillis(100), Duration.ofMillis(150));
    assertThat(policy.pause(job, 1, null).toMillis()).isBetween(80L, 120L);
    assertThat(policy.pause(job, 9, null).toMillis()).isBetween(120L, 150L);
  }

  /** An earlier call would be refused, too. */
  @Test
  void areWhatTheServerAsksForWhateverTheLimit() {
    Retry job = new Retry(null, null, Duration.ofSeconds(5));
    assertThat(policy.pause(job, 3, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(policy.pause(Retry.UNSTATED, 3, Duration.ofMinutes(20)))
        .isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void areNotWhatAServerAsksForWithoutReason() {
    assertThat(policy.pause(Retry.UNSTATED, 3, Duration.ofDays(1))).isEqualTo(Duration.ofHours(1));
    Retry patient = new Retry(null, null, Duration.ofHours(3));
    assertThat(policy.pause(patient, 3, Duration.ofDays(1))).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void mayBeNoneAtAll() {
    assertThat(policy.pause(new Retry(null, Duration.ZERO, null), 3, null)).isZero();
  }

  @Test
  void cannotBeNegative() {
    policy.setRetries(-1);
    policy.setRetryDelay(Duration.ofSeconds(-1));
    policy.setRetryDelayLimit(Duration.ofSeconds(-2));
    assertThat(policy.problems())
        .containsExactly(
            "retries - negative - '-1' - 0 for no repetition, or more",
            "retryDelay - negative - '-1000ms' - such as 30s",
            "retryDelayLimit - shorter than retryDelay - '-2000ms' - such as 15m");
  }
}
