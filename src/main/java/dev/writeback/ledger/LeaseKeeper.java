package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a job has one run at a time, whatever began it and wherever: renews the leases of
 * this component, and gives them back. Thread-safe.
 */
final class LeaseKeeper {

  /**
   * The exchange property with its lease. Its redeliveries, and what it finishes first, have it.
   */
  static final String PROPERTY = "writebackLease";

  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  /** An exchange that has failed and does not end has no right to its job for ever. */
  private static final Duration LONGEST_REST = Duration.ofHours(1);

  private static final int RENEWALS = 4;

  private final Leases leases;
  private final Holder holder;
  private final Duration leaseTime;
  private final Set<Lease> held = ConcurrentHashMap.newKeySet();
  private ScheduledExecutorService clock;

  /**
   * @param leaseTime how long a lease lasts that is not renewed
   */
  LeaseKeeper(Leases leases, Holder holder, Duration leaseTime) {
    this.leases = leases;
    this.holder = holder;
    this.leaseTime = leaseTime;
  }

  void start(CamelContext context) {
    long pause = leaseTime.toMillis() / RENEWALS;
    clock =
        context
            .getExecutorServiceManager()
            .newSingleThreadScheduledExecutor(this, "writeback-leases");
    clock.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
  }

  void stop(CamelContext context) {
    context.getExecutorServiceManager().shutdownNow(clock);
    held.forEach(Lease::end);
    held.clear();
    quietly(() -> leases.releaseAll(holder));
  }

  /**
   * Takes the run's job for this exchange, unless it has it already; until the exchange is done, or
   * {@link #release} is called.
   *
   * @throws RunException with {@link Outcome#OVERLAP} where another run is under way
   */
  void hold(Exchange exchange, RunContext run) {
    Lease has = exchange.getProperty(PROPERTY, Lease.class);
    if (has != null && has.isHeld() && has.job().equals(run.getJob())) {
      has.wake();
      return;
    }
    take(run);
    Lease lease = new Lease(run.getJob(), exchange.getExchangeId());
    held.add(lease);
    exchange.setProperty(PROPERTY, lease);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                release(lease);
              }

              @Override
              public int getOrder() {
                // After the run's own end has been written.
                return LOWEST;
              }
            });
  }

  /** The attempt is over. A run that may be repeated keeps its job until the exchange is done. */
  void attemptEnded(Exchange exchange, RunContext run) {
    Lease lease = exchange.getProperty(PROPERTY, Lease.class);
    if (lease != null && lease.isOf(exchange.getExchangeId())) {
      lease.rest();
      if (run.isSettled()) {
        release(lease);
      }
    }
  }

  private void release(Lease lease) {
    held.remove(lease);
    if (lease.end()) {
      quietly(() -> leases.release(lease.job(), holder));
    }
  }

  /** What is not given back expires. */
  private static void quietly(Runnable release) {
    try {
      release.run();
    } catch (RunException e) {
      LOG.debug("A lease was not given back", e);
    }
  }

  private void renew() {
    try {
      for (Lease lease : held) {
        if (lease.restsLongerThan(LONGEST_REST)) {
          release(lease);
        }
      }
      if (!held.isEmpty()) {
        leases.renew(holder);
      }
    } catch (RunException e) {
      LOG.warn("The leases of the jobs under way could not be renewed: {}", e.getMessage());
    }
  }

  /**
   * A holder that lives renews: one that is seen to, or is this component, has the job. Another is
   * watched until its lease has run out.
   */
  private void take(RunContext run) {
    Optional<LeaseRecord> first = leases.take(run.getJob(), run.getId(), holder);
    Optional<LeaseRecord> now = first;
    while (now.isPresent()) {
      if (now.get().holder().equals(holder) || !now.equals(first)) {
        throw overlap(now.get());
      }
      pause();
      now = leases.take(run.getJob(), run.getId(), holder);
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(Math.max(leaseTime.toMillis() / RENEWALS / 5, 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Outcome.OVERLAP, false, "interrupted while another run is under way");
    }
  }

  private static RunException overlap(LeaseRecord other) {
    Instant since = other.since().truncatedTo(ChronoUnit.SECONDS);
    return new RunException(
        Outcome.OVERLAP,
        false,
        "run " + other.runId() + " of this job is under way since " + since);
  }
}
