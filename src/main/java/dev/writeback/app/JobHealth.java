package dev.writeback.app;

import dev.writeback.job.ReloadState;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.TimeText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a job does what it should. */
final class JobHealth extends AdvisoryCheck {

  private final String job;
  private final RecentStates states;

  JobHealth(String job, RecentStates states) {
    super("job:" + job);
    this.job = job;
    this.states = states;
  }

  @Override
  List<String> problems() {
    ReloadState files = ReloadState.of(getCamelContext());
    if (files.out().contains(job)) {
      return files.of(job).stream().toList();
    }
    // The ledger's own check says why it is not reached.
    List<String> problems =
        states
            .of(job)
            .map(JobHealth::problems)
            .orElseGet(() -> new ArrayList<>(List.of("not known: the ledger is not reached")));
    files.of(job).ifPresent(problems::add);
    return problems;
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
