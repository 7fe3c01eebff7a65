package dev.writeback.app;

import dev.writeback.job.JobClock;
import dev.writeback.job.JobSelection;
import dev.writeback.ledger.Ledger;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.RunContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** How the jobs of a CamelContext stand, now and by its ledger. */
final class JobStates {

  private final CamelContext context;
  private final LedgerComponent ledger;

  JobStates(CamelContext context) {
    this.context = context;
    this.ledger = context.getComponent("ledger", LedgerComponent.class);
  }

  /** The routes of all jobs, by their ids. */
  static List<RouteDefinition> jobs(CamelContext context) {
    return context
        .getCamelContextExtension()
        .getContextPlugin(Model.class)
        .getRouteDefinitions()
        .stream()
        .filter(JobSelection::isJob)
        .sorted((one, other) -> one.getRouteId().compareTo(other.getRouteId()))
        .toList();
  }

  /**
   * @throws dev.writeback.run.RunException if the ledger cannot be reached
   */
  List<JobState> all() {
    return jobs(context).stream().map(this::of).toList();
  }

  /**
   * @param route of a job
   * @throws dev.writeback.run.RunException if the ledger cannot be reached
   */
  JobState of(RouteDefinition route) {
    String job = route.getRouteId();
    Ledger runs = ledger.getLedger();
    JobClock clock = new JobClock(context, route);
    RunContext running = running(job);
    RunRecord last = runs.lastEnded(job).orElse(null);
    boolean inFlight = running != null || context.getInflightRepository().size(job) > 0;
    return new JobState(
        job,
        phase(job, clock, running, inFlight),
        zone(clock, last),
        next(clock),
        running,
        last,
        runs.lastThatCounts(job).orElse(null),
        runs.lastComplete(job).orElse(null),
        ledger.staleFor(job).orElse(null),
        inFlight ? List.of() : runs.openIntents(job));
  }

  /** The attempt of a job that is under way, or null. */
  RunContext running(String job) {
    return ledger.running().stream()
        .filter(run -> run.getJob().equals(job))
        .findFirst()
        .orElse(null);
  }

  private JobState.Phase phase(String job, JobClock clock, RunContext running, boolean inFlight) {
    if (running != null) {
      return JobState.Phase.RUNNING;
    }
    if (inFlight) {
      return JobState.Phase.PAUSING;
    }
    if (!context.getRouteController().getRouteStatus(job).isStarted()) {
      return JobState.Phase.STOPPED;
    }
    return clock.isThere() ? JobState.Phase.WAITING : JobState.Phase.BY_HAND;
  }

  private static ZoneId zone(JobClock clock, RunRecord last) {
    ZoneId zone = clock.zone();
    return zone == null && last != null ? last.zone() : zone;
  }

  private static Instant next(JobClock clock) {
    return clock.next().orElse(null);
  }
}
