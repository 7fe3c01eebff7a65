package dev.writeback.app;

import dev.writeback.job.ReloadState;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.TimeText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** How the jobs stand, a line for each. */
final class StatusListing {

  private final Listing listing =
      new Listing(
          "job",
          "state",
          "next",
          "last",
          "outcome",
          "lastSuccess",
          "rows",
          "bytes",
          "attempt",
          "open",
          "file");

  private final ReloadState files;

  StatusListing(List<JobState> jobs, ReloadState files) {
    this.files = files;
    jobs.forEach(this::add);
    files.out().stream()
        .sorted()
        .forEach(
            job ->
                listing.add(job, "out", null, null, null, null, null, null, null, null, file(job)));
  }

  Listing listing() {
    return listing;
  }

  /**
   * Rows and bytes are those of the attempt under way, so far; open are runs that were left; the
   * file is told of where it is not what runs.
   */
  private void add(JobState job) {
    ZoneId zone = job.zoneOrUtc();
    boolean running = job.running() != null;
    listing.add(
        job.job(),
        words(job.phase()),
        time(job.next(), zone),
        job.last() == null ? null : time(job.last().started(), zone),
        outcome(job.last()),
        time(job.lastSuccess().orElse(null), zone),
        running ? job.running().records().get() : null,
        running ? job.running().bytesRead().get() : null,
        running ? job.running().getAttempt() : null,
        job.open().isEmpty() ? null : job.open().size(),
        file(job.job()));
  }

  /** Null where what runs is what stands on disk. */
  private String file(String job) {
    return files.of(job).isPresent() ? "wrong" : files.waiting().contains(job) ? "waits" : null;
  }

  private static String time(Instant time, ZoneId zone) {
    return time == null ? null : TimeText.of(time, zone);
  }

  private static String outcome(RunRecord last) {
    return last == null || last.outcome() == null ? null : words(last.outcome());
  }

  private static String words(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
