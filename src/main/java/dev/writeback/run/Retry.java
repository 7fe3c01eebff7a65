package dev.writeback.run;

import java.time.Duration;

/**
 * How a job wants a failed run repeated. What it leaves open, the route configuration decides.
 *
 * @param retries how often, after the first attempt; null where the job does not say
 * @param delay the first pause; null where the job does not say
 * @param delayLimit the longest pause; null where the job does not say
 */
public record Retry(Integer retries, Duration delay, Duration delayLimit) {

  /** Of a job that says nothing. */
  public static final Retry UNSTATED = new Retry(null, null, null);
}
