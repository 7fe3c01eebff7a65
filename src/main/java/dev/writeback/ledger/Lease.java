package dev.writeback.ledger;

import java.time.Duration;
import java.time.Instant;

/** A job that this component holds for an exchange. Thread-safe. */
final class Lease {

  private final String job;
  private final String exchangeId;
  private Instant restsSince;
  private boolean held = true;

  /**
   * @param exchangeId the exchange that took it, and that ends it
   */
  Lease(String job, String exchangeId) {
    this.job = job;
    this.exchangeId = exchangeId;
  }

  boolean isOf(String exchange) {
    return exchangeId.equals(exchange);
  }

  String job() {
    return job;
  }

  synchronized boolean isHeld() {
    return held;
  }

  /**
   * @return whether it was held until now
   */
  synchronized boolean end() {
    boolean before = held;
    held = false;
    return before;
  }

  /** An attempt begins. */
  synchronized void wake() {
    restsSince = null;
  }

  /** An attempt has failed; the next may come, or never. */
  synchronized void rest() {
    restsSince = Instant.now();
  }

  synchronized boolean restsLongerThan(Duration limit) {
    return restsSince != null && restsSince.plus(limit).isBefore(Instant.now());
  }
}
