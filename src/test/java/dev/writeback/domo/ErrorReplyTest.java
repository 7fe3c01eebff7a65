package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.writeback.run.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ErrorReplyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  /** {@code spec/domo-errors.yaml}. */
  @TestFactory
  Stream<DynamicTest> becomesWhatTheTableSays() throws IOException {
    try (InputStream yaml = ErrorReplyTest.class.getResourceAsStream("/spec/domo-errors.yaml")) {
      Object loaded = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      return ((List<?>) loaded)
          .stream()
              .map(row -> (Map<?, ?>) row)
              .map(row -> dynamicTest((String) row.get("name"), () -> check(row)));
    }
  }

  private static void check(Map<?, ?> row) {
    String header = (String) row.get("retry after");
    Duration retryAfter = header == null ? null : ErrorReply.retryAfter(header, NOW);
    ErrorReply reply =
        ErrorReply.of((Integer) row.get("status"), "", (String) row.get("body"), retryAfter);

    DomoException failure =
        "token".equals(row.get("call")) ? reply.tokenFailure("wanted") : reply.failure("wanted");

    assertThat(failure.outcome()).isEqualTo(Outcome.valueOf((String) row.get("outcome")));
    assertThat(failure.isRetryable()).isEqualTo(row.get("retry"));
    assertThat(failure.status()).isEqualTo(row.get("status"));
    assertThat(failure.retryAfter())
        .isEqualTo(Optional.ofNullable((Integer) row.get("waits")).map(Duration::ofSeconds));
    if (row.containsKey("says")) {
      assertThat(failure).hasMessageContaining((String) row.get("says"));
    }
    if (row.containsKey("not says")) {
      assertThat(failure).hasMessageNotContaining((String) row.get("not says"));
    }
  }
}
