package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.RunContext;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What a person at a terminal sees of a run. */
class ProgressLineTest {

  @Test
  void tellsJobRowsAndBytes() {
    RunContext run = new RunContext("sales", Instant.EPOCH, ZoneOffset.UTC);
    run.records().set(1_234_567);
    run.bytesRead().set(98_765_432);
    assertThat(ProgressLine.text(run))
        .startsWith("sales: 1,234,567 rows, 98.8 MB, ")
        .matches(".*, [\\d,]+\\.\\d MB/s");
  }
}
