package dev.writeback.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that state how fresh their objects are to be, and of which of them somebody has been
 * told that they are not. Thread-safe.
 */
final class Freshness {

  /**
   * @param watcher who states it; null while the job is changed
   * @param since what a job is measured by that has never been complete
   * @param told the last complete object that somebody has been told of as too old, or null
   */
  private record Watched(Object watcher, Duration within, Instant since, Instant told) {

    Watched by(Object other) {
      return new Watched(other, within, since, told);
    }

    Watched told(Instant last) {
      return new Watched(watcher, within, since, last);
    }

    boolean isWatched() {
      return watcher != null;
    }

    boolean isStale(Instant measured, Instant now) {
      return measured.plus(within).isBefore(now);
    }
  }

  /**
   * A job without a fresh object.
   *
   * @param last when it was last complete; empty where nobody knows of any such time
   */
  record Stale(String job, Duration within, Optional<Instant> last) {}

  private final Map<String, Watched> watched = new ConcurrentHashMap<>();

  /**
   * The latest watcher of a job counts. What is known of the job stays where it states the same as
   * before: an edit of something else neither puts off what is to be told, nor has it told twice.
   */
  void watch(String job, Duration within, Object watcher) {
    watched.compute(
        job,
        (name, known) ->
            known != null && known.within().equals(within)
                ? known.by(watcher)
                : new Watched(watcher, within, Instant.now(), null));
  }

  /** Does nothing where another one watches the job by now. */
  void unwatch(String job, Object watcher) {
    watched.computeIfPresent(
        job, (name, known) -> known.watcher() == watcher ? known.by(null) : known);
  }

  /** A job that has been changed states nothing any longer. */
  void unstated(String job) {
    watched.computeIfPresent(job, (name, known) -> known.isWatched() ? known : null);
  }

  /** There is no such job any longer; one of its name is another one. */
  void forget(String job) {
    watched.remove(job);
  }

  /** The jobs that have become stale since this was last asked: each is told once. */
  List<Stale> news(Ledger ledger, Instant now) {
    List<Stale> news = new ArrayList<>();
    watched.forEach(
        (job, expected) -> {
          Optional<Instant> last = last(job, ledger);
          Instant measured = last.orElse(expected.since());
          boolean stale = expected.isWatched() && expected.isStale(measured, now);
          if (stale && !measured.equals(expected.told())) {
            watched.computeIfPresent(job, (name, known) -> known.told(measured));
            news.add(new Stale(job, expected.within(), last));
          }
        });
    return news;
  }

  /** What a job states, where it is stale now. */
  Optional<Duration> staleFor(String job, Ledger ledger, Instant now) {
    return Optional.ofNullable(watched.get(job))
        .filter(Watched::isWatched)
        .filter(expected -> expected.isStale(last(job, ledger).orElse(expected.since()), now))
        .map(Watched::within);
  }

  private static Optional<Instant> last(String job, Ledger ledger) {
    return ledger.lastComplete(job).map(RunRecord::ended);
  }
}
