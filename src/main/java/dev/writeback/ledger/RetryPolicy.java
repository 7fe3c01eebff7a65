package dev.writeback.ledger;

import dev.writeback.run.Checked;
import dev.writeback.run.Retry;
import dev.writeback.run.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.Processor;

/**
 * How often, and after which pauses, Camel's redelivery repeats a failed run. A bean of the route
 * configuration that jobs name: its {@code retryWhile} asks {@link #again}, its {@code
 * onExceptionOccurredRef} is the bean itself, which sets the delay of the next redelivery.
 *
 * <p>The first pause is {@code retryDelay}, each next one twice as long, none longer than {@code
 * retryDelayLimit}; a fifth is added or taken by chance, so that jobs which failed together do not
 * come back together. How long Domo or S3 asked to be left alone counts instead, up to an hour, or
 * the limit where that is longer. What a job states itself counts more than what this bean states.
 * A run by hand is not repeated: somebody looks on.
 *
 * <p>Thread-safe once it is configured.
 */
public final class RetryPolicy implements Processor, Checked {

  private static final double JITTER = 0.2;

  /** A server's plea is obeyed so long, whatever the limit: an earlier call would be refused. */
  private static final Duration LONGEST_PLEA = Duration.ofHours(1);

  /** More doublings than that are beyond every limit. */
  private static final int MOST_DOUBLINGS = 30;

  private int retries = 4;
  private Duration retryDelay = Duration.ofSeconds(30);
  private Duration retryDelayLimit = Duration.ofMinutes(15);

  /** Whether a failed run is repeated once more. */
  @Handler
  public boolean again(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    return run != null
        && !run.isByHand()
        && run.getAttempt() <= Objects.requireNonNullElse(run.getRetry().retries(), retries);
  }

  /** Sets the delay of the next redelivery. */
  @Override
  public void process(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    if (run != null) {
      Long asked = exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class);
      exchange
          .getMessage()
          .setHeader(
              Exchange.REDELIVERY_DELAY,
              pause(
                      run.getRetry(),
                      run.getAttempt(),
                      asked == null ? null : Duration.ofMillis(asked))
                  .toMillis());
    }
  }

  /**
   * The pause after a failed attempt.
   *
   * @param attempt the number of the attempt that has failed, from 1
   * @param asked how long the server asked to be left alone, or null
   */
  Duration pause(Retry job, int attempt, Duration asked) {
    Duration limit = Objects.requireNonNullElse(job.delayLimit(), retryDelayLimit);
    return asked == null
        ? backOff(job, attempt, limit)
        : shorter(asked, limit.compareTo(LONGEST_PLEA) > 0 ? limit : LONGEST_PLEA);
  }

  private Duration backOff(Retry job, int attempt, Duration limit) {
    Duration first = shorter(Objects.requireNonNullElse(job.delay(), retryDelay), limit);
    Duration pause =
        shorter(first.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS)), limit);
    double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
    return shorter(Duration.ofMillis(Math.round(pause.toMillis() * factor)), limit);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (retries < 0) {
      problems.add("retries - negative - '" + retries + "' - 0 for no repetition, or more");
    }
    if (retryDelay.isNegative()) {
      problems.add("retryDelay - negative - '" + retryDelay.toMillis() + "ms' - such as 30s");
    }
    if (retryDelayLimit.compareTo(retryDelay) < 0) {
      problems.add(
          "retryDelayLimit - shorter than retryDelay - '"
              + retryDelayLimit.toMillis()
              + "ms' - such as 15m");
    }
    return problems;
  }

  /** How often a failed run is repeated; 4 by default, 0 for not at all. */
  public void setRetries(int retries) {
    this.retries = retries;
  }

  /** The first pause; 30 seconds by default. */
  public void setRetryDelay(Duration retryDelay) {
    this.retryDelay = retryDelay;
  }

  /** The longest pause; 15 minutes by default. */
  public void setRetryDelayLimit(Duration retryDelayLimit) {
    this.retryDelayLimit = retryDelayLimit;
  }
}
