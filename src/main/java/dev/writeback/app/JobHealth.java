package dev.writeback.app;

import dev.writeback.ledger.RunRecord;
import dev.writeback.run.RunException;
import dev.writeback.run.TimeText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.model.RouteDefinition;

/**
 * Whether a job does what it should. Asked whether the program is ready, it says what is wrong and
 * is up all the same: a job that fails is mended by a change of its file, which must not be held up
 * because the job fails.
 */
final class JobHealth extends AbstractHealthCheck {

  private final RouteDefinition route;

  JobHealth(RouteDefinition route) {
    super("job", "job:" + route.getRouteId());
    this.route = route;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    boolean forReadiness = options.get(CHECK_KIND) == Kind.READINESS;
    try {
      List<String> problems = problems(new JobStates(getCamelContext()).of(route));
      builder.state(problems.isEmpty() || forReadiness ? State.UP : State.DOWN);
      if (!problems.isEmpty()) {
        builder.message(String.join("; ", problems));
      }
    } catch (RunException unreached) {
      // The ledger's own check says why.
      builder.message("not known: the ledger is not reached");
      builder.state(forReadiness ? State.UP : State.DOWN);
    }
  }

  private static List<String> problems(JobState job) {
    ZoneId zone = job.zoneOrUtc();
    List<String> problems = new ArrayList<>();
    if (job.phase() == JobState.Phase.STOPPED) {
      problems.add("its route is stopped");
    }
    if (job.isLastFailed()) {
      problems.add("the last run failed, " + inWords(job.last(), zone));
    }
    if (job.stale() != null) {
      problems.add(
          "no complete object "
              + job.lastSuccess().map(last -> "since " + time(last, zone)).orElse("yet")
              + ", freshWithin is "
              + TimeText.of(job.stale()));
    }
    for (RunRecord open : job.open()) {
      problems.add(
          "run "
              + open.id()
              + " of slot "
              + time(open.slot(), zone)
              + " is open: the job's next run finishes it first");
    }
    return problems;
  }

  private static String inWords(RunRecord run, ZoneId zone) {
    return run.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ", at "
        + time(run.ended(), zone)
        + (run.error() == null ? "" : ": " + run.error().lines().findFirst().orElse(""));
  }

  private static String time(Instant time, ZoneId zone) {
    return TimeText.of(time, zone);
  }
}
