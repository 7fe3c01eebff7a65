package dev.writeback.app;

import dev.writeback.job.ReloadState;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.TimeText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a job does what it should. Whoever asks for the health reads it, so that there is no text
 * of an error in it, and none of a file.
 */
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
      return List.of("it does not run since an edit that failed: status tells why");
    }
    // The ledger's own check says why it is not reached.
    List<String> problems =
        states
            .of(job)
            .map(JobHealth::problems)
            .orElseGet(() -> new ArrayList<>(List.of("not known: the ledger is not reached")));
    if (files.of(job).isPresent()) {
      problems.add("its file on disk is not what runs: status tells why");
    }
    return problems;
  }

  private static List<String> problems(JobState job) {
    ZoneId zone = job.zoneOrUtc();
    List<String> problems = new ArrayList<>();
    if (job.phase() == JobState.Phase.STOPPED) {
      problems.add("its route is stopped");
    }
    if (job.isLastFailed()) {
      problems.add("the last run failed, " + inWords(job.counts(), zone));
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
              + " is open: the job's next run finishes it first, unless the job was edited: abandon "
              + job.job()
              + " tells");
    }
    return problems;
  }

  private static String inWords(RunRecord run, ZoneId zone) {
    return run.outcome().inWords() + ", at " + time(run.ended(), zone);
  }

  private static String time(Instant time, ZoneId zone) {
    return TimeText.of(time, zone);
  }
}
