package dev.writeback.app;

import dev.writeback.job.JobClock;
import dev.writeback.job.JobSelection;
import dev.writeback.job.Reload;
import dev.writeback.job.ReloadState;
import dev.writeback.job.RouteGate;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultExchange;

/** Runs that somebody begins in the running program, from outside. Thread-safe. */
final class RunsByHand {

  /** Whoever follows a run asks every second; the ledger knows the rest. */
  private static final int KEPT = 50;

  /** A failed run has been told of as an alert, too, as a rule at once. */
  private static final int ALERT_SECONDS = 2;

  private static final String GAVE_UP = " gave up: ";

  private final CamelContext context;
  private final ExecutorService threads;
  private final Map<String, FollowedRun> runs = new LinkedHashMap<>();

  RunsByHand(CamelContext context) {
    this.context = context;
    this.threads =
        context.getExecutorServiceManager().newCachedThreadPool(this, "writeback-by-hand");
  }

  /**
   * Begins a run, by the job's own steps and its own error handling.
   *
   * @param slot as in {@link RunRequest#SLOT}, or null for now
   * @param since as in {@link RunRequest#SINCE}, or null
   * @param byHand as in {@link RunRequest#BY_HAND}
   * @throws RunException where there is no such job, or it cannot be run so
   */
  FollowedRun begin(String job, Object slot, Long since, boolean byHand) {
    // Its file may have been written a moment ago.
    boolean looked = look(job);
    RouteDefinition definition = definition(job, looked);
    if (!RouteGate.of(context).isStarted(job)) {
      throw stopped(job);
    }
    if (since != null) {
      Jobs.requireOnlyNewData(job, context);
    }
    Exchange exchange = new DefaultExchange(context);
    exchange.getExchangeExtension().setFromRouteId(job);
    exchange.setProperty(RunRequest.SLOT, slot);
    exchange.setProperty(RunRequest.SINCE, since);
    exchange.setProperty(RunRequest.TRIGGER_ZONE, new JobClock(context, definition).zone());
    exchange.setProperty(RunRequest.BY_HAND, byHand);
    FollowedRun run = new FollowedRun(job);
    asItWas(job, looked).ifPresent(why -> run.told("Note: the job runs as it was, " + why));
    Consumer<RunContext> beginning = run::begins;
    exchange.setProperty(RunRequest.OBSERVER, beginning);
    keep(run);
    threads.execute(() -> run(run, exchange));
    return run;
  }

  /** Why the files on disk are not what runs, or may not be. */
  private Optional<String> asItWas(String job, boolean looked) {
    ReloadState files = ReloadState.of(context);
    Optional<String> wrong = files.of(job);
    if (wrong.isPresent()) {
      return wrong;
    }
    if (files.waiting().contains(job)) {
      return Optional.of("its edit is taken when its run has ended");
    }
    return looked ? Optional.empty() : Optional.of("its file is still being looked at");
  }

  private RouteDefinition definition(String job, boolean looked) {
    return loaded(job)
        .orElseThrow(
            () ->
                new RunException(
                    Outcome.CONFIGURATION,
                    false,
                    looked
                        ? notLoaded(job)
                        : "job "
                            + job
                            + " is not known, and the files are still being looked at - try again"));
  }

  private Optional<RouteDefinition> loaded(String job) {
    return JobStates.jobs(context).stream()
        .filter(route -> route.getRouteId().equals(job))
        .findFirst();
  }

  private boolean look(String job) {
    Reload reload = context.hasService(Reload.class);
    try {
      return reload == null || reload.now(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String notLoaded(String job) {
    return ReloadState.of(context)
        .of(job)
        .map(why -> "job " + job + ": " + why)
        .orElseGet(
            () ->
                JobSelection.unknown(
                    job,
                    JobStates.jobs(context).stream().map(RouteDefinition::getRouteId).toList()));
  }

  private void run(FollowedRun run, Exchange exchange) {
    CountDownLatch alert = new CountDownLatch(1);
    RunLines lines =
        RunLines.of(
            run.job(),
            run::isOf,
            line -> {
              run.told(line);
              if (line.contains(GAVE_UP)) {
                alert.countDown();
              }
            });
    try {
      process(run.job(), exchange);
      RunContext ended = Jobs.runOf(exchange);
      if (!ended.isSettled() && ended.getOutcome() != Outcome.OVERLAP) {
        alert.await(ALERT_SECONDS, TimeUnit.SECONDS);
      }
      run.ended(ended.getOutcome().exitCode());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      run.ended(Outcome.UNEXPECTED.exitCode());
    } catch (RuntimeException e) {
      run.failed(RunException.in(e));
    } finally {
      lines.end();
    }
  }

  private void process(String job, Exchange exchange) {
    RouteGate gate = RouteGate.of(context);
    Route route = gate.enter(job, exchange);
    if (route == null) {
      throw stopped(job);
    }
    try {
      route.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    } finally {
      gate.leave(job, exchange);
    }
  }

  private static RunException stopped(String job) {
    return new RunException(
        Outcome.CONFIGURATION, false, "job " + job + " is stopped in the running program");
  }

  private synchronized void keep(FollowedRun run) {
    if (runs.size() >= KEPT) {
      runs.values().stream()
          .filter(FollowedRun::isOver)
          .findFirst()
          .map(FollowedRun::id)
          .ifPresent(runs::remove);
    }
    runs.put(run.id(), run);
  }

  /**
   * @throws UnknownRunException where nobody knows of such a run
   */
  synchronized FollowedRun get(String id) {
    FollowedRun run = runs.get(id);
    if (run == null) {
      throw new UnknownRunException(id);
    }
    return run;
  }
}
