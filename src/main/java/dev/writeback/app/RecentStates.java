package dev.writeback.app;

import dev.writeback.run.RunException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * How the jobs stand, for whoever asks for many things at once: the ledger is asked at most once a
 * second, also where it does not answer. Thread-safe.
 */
final class RecentStates {

  private static final long KEPT = Duration.ofSeconds(1).toNanos();

  /**
   * @param time of the reading, by {@link System#nanoTime}
   * @param change the last one before it
   */
  private record Kept(Map<String, JobState> states, long time, long change) {}

  private final CamelContext context;

  // No lock: whoever tells of a change may hold one that the reading needs.
  private final AtomicLong changes = new AtomicLong();
  private Kept kept = new Kept(Map.of(), 0, -1);

  RecentStates(CamelContext context) {
    this.context = context;
  }

  /** Empty where the ledger is not reached, or there is no such job. */
  synchronized Optional<JobState> of(String job) {
    long change = changes.get();
    if (kept.change() != change || System.nanoTime() - kept.time() > KEPT) {
      Map<String, JobState> states = read();
      kept = new Kept(states, System.nanoTime(), change);
    }
    return Optional.ofNullable(kept.states().get(job));
  }

  /** Something has changed: the next one who asks is told what is so then. */
  void forget() {
    changes.incrementAndGet();
  }

  private Map<String, JobState> read() {
    try {
      return new JobStates(context)
          .all().stream().collect(Collectors.toMap(JobState::job, Function.identity()));
    } catch (RunException unreached) {
      return Map.of();
    }
  }
}
