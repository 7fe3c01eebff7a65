package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job's level reaches the codec: the objects differ, and the fast one is the largest. */
class CompressionLevelTest {

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zip", "zstd"})
  void reachesTheCodec(String compression) throws Exception {
    List<Long> sizes = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.start();
        ChainContext context = new ChainContext(sandbox)) {
      for (String level : List.of("fast", "balanced", "small")) {
        context.job(
            level,
            Map.of(
                "inputDataset", SandboxDomo.AIRPORTS,
                "fileName", level,
                "compression", compression,
                "compressionLevel", level));
      }
      context.start();
      for (String level : List.of("fast", "balanced", "small")) {
        RunContext run = RunContext.of(context.run(level, Instant.parse("2026-03-29T03:00:00Z")));
        assertThat(run.getOutcome()).isEqualTo(Outcome.DONE);
        sizes.add((long) sandbox.s3().bytes(run.getKey()).length);
      }
    }
    assertThat(sizes).doesNotHaveDuplicates();
    assertThat(sizes.get(0)).as("of the fast one").isGreaterThan(sizes.get(1));
    assertThat(sizes.get(0)).isGreaterThan(sizes.get(2));
  }
}
