package dev.writeback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunContextTest {

  private static final Instant UPDATED = Instant.parse("2026-03-29T05:00:00Z");

  private final RunContext run =
      new RunContext("job", Instant.parse("2026-03-29T06:00:00.479404623Z"), ZoneOffset.UTC);

  /** Otherwise a run that is finished after a crash would not know its own object. */
  @Test
  void itsSlotIsAsExactAsADatabaseKeepsIt() {
    assertThat(run.getSlot()).isEqualTo(Instant.parse("2026-03-29T06:00:00.479404Z"));
    assertThat(run.metadata()).containsEntry("slot", "2026-03-29T06:00:00.479404Z");
  }

  @Test
  void anObjectOfAnEarlierAttemptHoldsTheDataSetAsItWas() {
    run.setDataSetUpdated(UPDATED.plusSeconds(60));

    run.found(Map.of("dataset-updated", UPDATED.toString()));

    assertThat(run.getDataSetUpdated()).isEqualTo(UPDATED);
    assertThat(run.notes()).singleElement().asString().contains("by an earlier attempt");
  }

  @Test
  void anObjectOfTheSameStateIsNothingToTell() {
    run.setDataSetUpdated(UPDATED);

    run.found(run.metadata());

    assertThat(run.getDataSetUpdated()).isEqualTo(UPDATED);
    assertThat(run.notes()).isEmpty();
  }
}
