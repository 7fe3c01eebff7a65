package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NewDataTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final NewData INCREMENTS = new NewData(false, true, FirstRun.ALL);

  private final MemoryLedger ledger = new MemoryLedger();

  @Test
  void batchesThatBeginAnewAreTold() {
    RunContext last = run(SLOT, 9);
    last.setBucket("landing");
    last.setKey("rows.csv");
    last.done();
    ledger.save(RunRecord.of(last, SLOT));
    RunContext next = run(SLOT.plus(Duration.ofDays(1)), 3);

    INCREMENTS.decide(next, null, ledger);

    assertThat(next.getOutcome()).isEqualTo(Outcome.NOTHING_NEW);
    assertThat(next.notes())
        .containsExactly(
            "the DataSet's highest batch, 3, is below that of the last complete object, 9: if its"
                + " data was replaced, run JOB --since 0 writes all of it");
  }

  @Test
  void aBackfillThatBeginsAnewHasAllOfIt() {
    RunContext run = run(SLOT, 3);

    INCREMENTS.decide(run, 0L, ledger);

    assertThat(run.getWatermark()).isEqualTo(new Watermark(0L, 3));
    assertThat(run.isWriting()).isTrue();
  }

  private static RunContext run(Instant slot, long upTo) {
    RunContext run = new RunContext("job", slot, ZoneOffset.UTC);
    run.setDataSetId("c0ffee00-5ca1-4ab1-8e0d-0123456789ab");
    run.setWatermark(new Watermark(null, upTo));
    return run;
  }
}
