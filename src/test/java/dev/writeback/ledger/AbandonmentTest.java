package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Watermark;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbandonmentTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final String DATA_SET = "845305d8-da3d-4107-a9d6-13ef3f86d4a4";

  private final MemoryLedger ledger = new MemoryLedger();
  private final Abandonment abandonment =
      new Abandonment(ledger, new Holder("this process", "component"));
  private RunRecord left;

  @BeforeEach
  void leave() {
    RunContext run = new RunContext("job", SLOT, ZoneOffset.UTC);
    run.setDataSetId(DATA_SET);
    run.setBucket("landing");
    run.setKey("rows.csv");
    run.setWatermark(new Watermark(2L, 5));
    run.uploads().opened("upload");
    left = RunRecord.of(run, null);
    ledger.save(left);
  }

  @Test
  void whatIsGivenUpIsTheNextRuns() {
    abandonment.giveUp(left, "given up here");

    assertThat(ledger.openIntents("job")).isEmpty();
    assertThat(ledger.watermark("job", DATA_SET)).isEmpty();
    assertThat(ledger.lastEnded("job"))
        .hasValueSatisfying(
            run -> {
              assertThat(run.outcome()).isEqualTo(Outcome.ABANDONED);
              assertThat(run.error()).isEqualTo("given up here");
            });
    assertThat(ledger.withOpenUploads("job"))
        .as("for the next run to abort")
        .extracting(RunRecord::id)
        .containsExactly(left.id());
  }

  @Test
  void whatIsFoundIsNot() {
    abandonment.foundDone(left, "\"etag\"", null);

    assertThat(ledger.openIntents("job")).isEmpty();
    assertThat(ledger.watermark("job", DATA_SET)).contains(5L);
  }

  @Test
  void whatIsUnderWayIsLeftToIt() {
    Holder other = new Holder("another process", "component");
    ledger.take("job", "its run", other);

    assertThatThrownBy(() -> abandonment.giveUp(left, "given up here"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("run its run of job job is under way since ");
    assertThat(ledger.openIntents("job")).hasSize(1);

    ledger.release("job", other);
    abandonment.giveUp(left, "given up here");
    assertThat(ledger.openIntents("job")).isEmpty();
    assertThat(ledger.take("job", "next", other)).as("given back").isEmpty();
  }
}
