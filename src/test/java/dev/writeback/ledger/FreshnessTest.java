package dev.writeback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private final Freshness freshness = new Freshness();
  private final Instant later = Instant.now().plus(Duration.ofDays(2));

  /** A job that is edited begins anew before, or after, its former self has ended. */
  @Test
  void whoStoppedWatchingDoesNotStopAnother() {
    freshness.watch("sales", Duration.ofDays(1), "before the edit");
    freshness.watch("sales", Duration.ofHours(1), "after the edit");

    freshness.forget("sales", "before the edit");

    assertThat(freshness.news(new MemoryLedger(), later))
        .singleElement()
        .satisfies(stale -> assertThat(stale.within()).isEqualTo(Duration.ofHours(1)));
  }

  @Test
  void aJobThatNobodyWatchesIsNotStale() {
    freshness.watch("sales", Duration.ofDays(1), "job");

    freshness.forget("sales", "job");

    assertThat(freshness.news(new MemoryLedger(), later)).isEmpty();
  }

  @Test
  void eachIsToldOnce() {
    freshness.watch("sales", Duration.ofDays(1), "job");

    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);
    assertThat(freshness.news(new MemoryLedger(), later)).isEmpty();
  }
}
