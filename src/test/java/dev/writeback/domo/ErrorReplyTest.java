package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorReplyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  static Stream<Case> cases() {
    return Spec.cases("domo-errors");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void becomesWhatTheTableSays(Case row) {
    String header = row.text("retry after");
    Duration retryAfter = header == null ? null : ErrorReply.retryAfter(header, NOW);
    ErrorReply reply =
        ErrorReply.of(
            row.number("status"),
            row.text("reason", ""),
            row.text("body"),
            retryAfter,
            new SentSecrets(row.list("sent")));

    DomoException failure =
        "token".equals(row.text("call")) ? reply.tokenFailure("wanted") : reply.failure("wanted");

    assertThat(failure.outcome()).isEqualTo(Outcome.valueOf(row.text("outcome")));
    assertThat(failure.isRetryable()).isEqualTo(row.flag("retry"));
    assertThat(failure.status()).isEqualTo(row.number("status"));
    assertThat(failure.retryAfter())
        .isEqualTo(Optional.ofNullable(row.number("waits")).map(Duration::ofSeconds));
    if (row.has("says")) {
      assertThat(failure).hasMessageContaining(row.text("says"));
    }
    if (row.has("not says")) {
      assertThat(failure).hasMessageNotContaining(row.text("not says"));
    }
  }
}
