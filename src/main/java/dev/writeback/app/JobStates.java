package dev.writeback.app;

import dev.writeback.job.JobClock;
import dev.writeback.job.JobSelection;
import dev.writeback.job.RouteGate;
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

  /** What is known of a job without its ledger. */
  private record Standing(
      String job,
      RunContext running,
      boolean inFlight,
      JobState.Phase phase,
      ZoneId zone,
      Instant next) {}

  private final CamelContext context;
  private final LedgerComponent ledger;

  JobStates(CamelContext context) {
    this.context = context;
    this.ledger = context.getComponent("ledger", LedgerComponent.class);
  }

  /** The routes of all jobs, by their ids. */
  static List<RouteDefinition> jobs(CamelContext context) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    return RouteGate.of(context)
        .whileUnchanged(
            () ->
                model.getRouteDefinitions().stream()
                    .filter(JobSelection::isJob)
                    .sorted((one, other) -> one.getRouteId().compareTo(other.getRouteId()))
                    .toList());
  }

  /**
   * @throws dev.writeback.run.RunException if the ledger cannot be reached
   */
  List<JobState> all() {
    List<Standing> standings =
        RouteGate.of(context)
            .whileUnchanged(() -> jobs(context).stream().map(this::standing).toList());
    return standings.stream().map(this::withLedger).toList();
  }

  private Standing standing(RouteDefinition route) {
    String job = route.getRouteId();
    JobClock clock = new JobClock(context, route);
    RunContext running = running(job);
    return new Standing(
        job,
        running,
        isInFlight(job),
        phase(job, clock, running),
        clock.zone(),
        clock.next().orElse(null));
  }

  private boolean isInFlight(String job) {
    return running(job) != null || context.getInflightRepository().size(job) > 0;
  }

  private JobState withLedger(Standing standing) {
    String job = standing.job();
    Ledger runs = ledger.getLedger();
    List<RunRecord> open = runs.openIntents(job);
    // What has begun in the meantime has not been left.
    boolean inFlight = standing.inFlight() || isInFlight(job);
    RunRecord last = runs.lastEnded(job).orElse(null);
    return new JobState(
        job,
        standing.phase(),
        standing.zone() == null && last != null ? last.zone() : standing.zone(),
        standing.next(),
        standing.running(),
        last,
        runs.lastThatCounts(job).orElse(null),
        runs.lastComplete(job).orElse(null),
        ledger.staleFor(job).orElse(null),
        inFlight ? List.of() : open);
  }

  /** The attempt of a job that is under way, or null. */
  RunContext running(String job) {
    return ledger.running().stream()
        .filter(run -> run.getJob().equals(job))
        .findFirst()
        .orElse(null);
  }

  private JobState.Phase phase(String job, JobClock clock, RunContext running) {
    if (running != null) {
      return JobState.Phase.RUNNING;
    }
    if (isInFlight(job)) {
      return JobState.Phase.PAUSING;
    }
    if (!RouteGate.of(context).isStarted(job)) {
      return JobState.Phase.STOPPED;
    }
    return clock.isThere() ? JobState.Phase.WAITING : JobState.Phase.BY_HAND;
  }
}
