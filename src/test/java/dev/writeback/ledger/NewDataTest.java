package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.Verify;
import dev.writeback.run.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NewDataTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final NewData INCREMENTS = new NewData(false, true, FirstRun.ALL, Verify.STRICT);

  private final MemoryLedger ledger = new MemoryLedger();

  @Test
  void batchesThatBeginAnewAreTold() {
    RunContext last = run(SLOT, 9);
    last.setBucket("landing");
    last.setKey("rows.csv");
    last.done();
    ledger.save(RunRecord.of(last, SLOT));
    RunContext next = run(SLOT.plus(Duration.ofDays(1)), 3);

    INCREMENTS.decide(next, null, any -> true, ledger);

    assertThat(next.getOutcome()).isEqualTo(Outcome.NOTHING_NEW);
    assertThat(next.notes())
        .containsExactly(
            "the DataSet's highest batch, 3, is below that of the last complete object, 9: if its"
                + " data was replaced, run JOB --since 0 writes all of it");
  }

  @Test
  void aBackfillThatBeginsAnewHasAllOfIt() {
    RunContext run = run(SLOT, 3);

    INCREMENTS.decide(run, 0L, any -> true, ledger);

    assertThat(run.getWatermark()).isEqualTo(new Watermark(0L, 3));
    assertThat(run.isWriting()).isTrue();
  }

  @Test
  void aBackfillLeavesNoHole() {
    RunContext last = run(SLOT, 2);
    last.setKey("rows.csv");
    last.done();
    ledger.save(RunRecord.of(last, SLOT));

    assertThatThrownBy(
            () -> INCREMENTS.decide(run(SLOT.plusSeconds(1), 5), 4L, any -> true, ledger))
        .hasMessage(
            "since - above the last complete object's batch, 2, so that the batches between would"
                + " never be written - '4' - 2 or less");
  }

  @Test
  void whatAnotherRunHasCompletedIsNotWrittenAgain() {
    RunContext left = run(SLOT, 5);
    assertThat(NewData.rest(left, new Watermark(1L, 5), ledger)).isEqualTo(new Watermark(1L, 5));
    RunContext other = run(SLOT.plusSeconds(1), 4);
    other.setKey("rows.csv");
    other.done();
    ledger.save(RunRecord.of(other, SLOT));

    assertThat(NewData.rest(left, new Watermark(1L, 5), ledger)).isEqualTo(new Watermark(4L, 5));
    assertThat(NewData.rest(left, new Watermark(1L, 4), ledger).isEmpty()).isTrue();
    assertThat(NewData.rest(left, null, ledger)).isNull();
  }

  private static RunContext run(Instant slot, long upTo) {
    RunContext run = new RunContext("job", slot, ZoneOffset.UTC);
    run.setDataSetId("c0ffee00-5ca1-4ab1-8e0d-0123456789ab");
    run.setWatermark(new Watermark(null, upTo));
    return run;
  }
}
