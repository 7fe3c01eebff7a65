package dev.writeback.app;

import dev.writeback.run.RunException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * How the jobs stand, for whoever asks for many things at once: the ledger is asked at most once a
 * second, also where it does not answer. Thread-safe.
 */
final class RecentStates {

  private static final long KEPT = Duration.ofSeconds(1).toNanos();

  private final CamelContext context;
  private Map<String, JobState> states;
  private long read;

  RecentStates(CamelContext context) {
    this.context = context;
  }

  /** Empty where the ledger is not reached, or there is no such job. */
  synchronized Optional<JobState> of(String job) {
    if (states == null || System.nanoTime() - read > KEPT) {
      states = read();
      read = System.nanoTime();
    }
    return Optional.ofNullable(states.get(job));
  }

  /** Something has changed: the next one who asks is told what is so then. */
  synchronized void forget() {
    states = null;
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
