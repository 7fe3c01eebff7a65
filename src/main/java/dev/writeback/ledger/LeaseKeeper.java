package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a job has one run at a time, whatever began it and wherever: renews the leases of
 * this component, and gives them back. A run whose lease is another's by now is broken off.
 * Thread-safe.
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

  /** So long after a renewal no clock that is a little slow makes the lease somebody else's. */
  private final Duration sure;

  private final Set<Lease> held = ConcurrentHashMap.newKeySet();
  private final Set<String> notGivenBack = Collections.synchronizedSet(new HashSet<>());
  private ScheduledExecutorService clock;

  /**
   * @param leaseTime how long a lease lasts that is not renewed
   */
  LeaseKeeper(Leases leases, Holder holder, Duration leaseTime) {
    this.leases = leases;
    this.holder = holder;
    this.leaseTime = leaseTime;
    this.sure = leaseTime.multipliedBy(RENEWALS - 1L).dividedBy(RENEWALS);
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
    try {
      leases.releaseAll(holder);
    } catch (RunException e) {
      LOG.debug("The leases could not be given back, they expire", e);
    }
  }

  /**
   * Takes the run's job for this exchange, unless it has it already; until the exchange is done, or
   * the run has nothing left to do. From now on the run may write as long as the job is its own.
   *
   * @throws RunException with {@link Outcome#OVERLAP} where another run is under way
   */
  void hold(Exchange exchange, RunContext run) {
    Lease has = exchange.getProperty(PROPERTY, Lease.class);
    Lease lease =
        has != null && has.job().equals(run.getJob()) && isStillHeld(has)
            ? has
            : take(exchange, run);
    lease.wake();
    lease.covers(run);
    run.permit().grant(() -> confirm(lease));
  }

  private Lease take(Exchange exchange, RunContext run) {
    Lease.Moment taken = take(run);
    Lease lease = new Lease(run.getJob(), run.getId(), JobExchange.idOf(exchange), taken);
    held.add(lease);
    exchange.setProperty(PROPERTY, lease);
    return lease;
  }

  /** The attempt is over. A run that may be repeated keeps its job until the exchange is done. */
  void attemptEnded(Exchange exchange, RunContext run) {
    Lease lease = exchange.getProperty(PROPERTY, Lease.class);
    if (lease != null && lease.isOf(JobExchange.idOf(exchange))) {
      lease.rest();
      if (run.isSettled()) {
        release(lease);
      }
    }
  }

  /** Gives back what this exchange, which is done, still has. */
  void exchangeDone(String exchangeId) {
    for (Lease lease : held) {
      if (lease.isOf(exchangeId)) {
        release(lease);
      }
    }
  }

  private void release(Lease lease) {
    held.remove(lease);
    if (lease.end()) {
      try {
        leases.release(lease.job(), holder);
      } catch (RunException e) {
        LOG.debug("The lease of {} could not be given back yet", lease.job(), e);
        notGivenBack.add(lease.job());
      }
    }
  }

  /** Otherwise they would be renewed with the others, and their jobs would never run again. */
  private void giveBack() {
    synchronized (notGivenBack) {
      for (Iterator<String> jobs = notGivenBack.iterator(); jobs.hasNext(); ) {
        leases.release(jobs.next(), holder);
        jobs.remove();
      }
    }
  }

  private void renew() {
    try {
      for (Lease lease : held) {
        if (lease.restsLongerThan(LONGEST_REST)) {
          release(lease);
        }
      }
      giveBack();
      if (!held.isEmpty()) {
        renewHeld();
      }
    } catch (RunException e) {
      LOG.warn("The leases of the jobs under way could not be renewed: {}", e.getMessage());
    }
  }

  /** Breaks off what is under way for a job that somebody else has taken. */
  private void renewHeld() {
    // What is taken from here on is not among those that are asked for.
    List<Lease> asked = List.copyOf(held);
    Lease.Moment now = Lease.Moment.now();
    List<LeaseRecord> still = leases.renew(holder);
    for (Lease lease : asked) {
      if (still.stream().anyMatch(lease::is)) {
        lease.renewed(now);
      } else if (lease.isHeld()) {
        lose(lease);
      }
    }
  }

  private void lose(Lease lease) {
    RunException why = LostLease.of(lease.unrenewed(), leases.find(lease.job()));
    held.remove(lease);
    if (lease.lose(why)) {
      LOG.warn("{}: {}", lease.job(), why.getMessage());
    }
  }

  /** As long as nobody else can have taken it, nobody is asked. */
  private boolean isStillHeld(Lease lease) {
    if (lease.isHeld() && lease.unrenewed().compareTo(sure) >= 0) {
      renewHeld();
    }
    return lease.isHeld();
  }

  private void confirm(Lease lease) {
    if (!isStillHeld(lease)) {
      throw lease.lost() != null
          ? lease.lost()
          : LostLease.of(lease.unrenewed(), leases.find(lease.job()));
    }
  }

  /**
   * A holder that lives renews: one that is seen to, or is this component, has the job. Another is
   * watched until its lease has run out.
   */
  private Lease.Moment take(RunContext run) {
    giveBack();
    Lease.Moment asked = Lease.Moment.now();
    Optional<LeaseRecord> first = leases.take(run.getJob(), run.getId(), holder);
    Optional<LeaseRecord> now = first;
    while (now.isPresent()) {
      if (now.get().holder().equals(holder) || !now.equals(first)) {
        throw overlap(now.get());
      }
      pause();
      asked = Lease.Moment.now();
      now = leases.take(run.getJob(), run.getId(), holder);
    }
    return asked;
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
