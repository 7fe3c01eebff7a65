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

    freshness.unwatch("sales", "before the edit");

    assertThat(freshness.news(new MemoryLedger(), later))
        .singleElement()
        .satisfies(stale -> assertThat(stale.within()).isEqualTo(Duration.ofHours(1)));
  }

  @Test
  void aJobThatNobodyWatchesIsNotStale() {
    freshness.watch("sales", Duration.ofDays(1), "job");

    freshness.unwatch("sales", "job");

    assertThat(freshness.news(new MemoryLedger(), later)).isEmpty();
  }

  @Test
  void eachIsToldOnce() {
    freshness.watch("sales", Duration.ofDays(1), "job");

    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);
    assertThat(freshness.news(new MemoryLedger(), later)).isEmpty();
  }

  /** It was told twice, or, with an edit within each such time, never. */
  @Test
  void anEditOfSomethingElseChangesNothing() {
    freshness.watch("sales", Duration.ofDays(1), "before the edit");
    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);

    freshness.unwatch("sales", "before the edit");
    assertThat(freshness.staleFor("sales", new MemoryLedger(), later)).isEmpty();
    freshness.watch("sales", Duration.ofDays(1), "after the edit");

    assertThat(freshness.news(new MemoryLedger(), later)).isEmpty();
    assertThat(freshness.staleFor("sales", new MemoryLedger(), later)).isPresent();
  }

  @Test
  void anotherTimeBeginsAnew() {
    freshness.watch("sales", Duration.ofDays(1), "before the edit");
    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);
    freshness.unwatch("sales", "before the edit");

    freshness.watch("sales", Duration.ofHours(1), "after the edit");

    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);
  }

  @Test
  void aJobThatStatedNothingMeanwhileBeginsAnew() {
    freshness.watch("sales", Duration.ofDays(1), "before the edit");
    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);
    freshness.unwatch("sales", "before the edit");
    freshness.unstated("sales");

    freshness.watch("sales", Duration.ofDays(1), "after the second edit");

    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);
  }

  @Test
  void aJobOfTheNameOfOneThatIsGoneBeginsAnew() {
    freshness.watch("sales", Duration.ofDays(1), "job");
    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);
    freshness.unwatch("sales", "job");
    freshness.forget("sales");

    freshness.watch("sales", Duration.ofDays(1), "another job");

    assertThat(freshness.news(new MemoryLedger(), later)).hasSize(1);
  }
}
