package dev.writeback.app;

import dev.writeback.job.ReloadState;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.OneLine;
import dev.writeback.run.TimeText;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How the jobs stand, a line for each. */
final class StatusListing {

  private static final List<String> COLUMNS =
      List.of(
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

  /** In the JSON alone: in the table the reasons follow, a line each. */
  private static final String WHY = "why";

  private final Listing listing;
  private final List<String> reasons = new ArrayList<>();
  private final boolean json;

  private final ReloadState files;

  StatusListing(List<JobState> jobs, ReloadState files, boolean json) {
    this.files = files;
    this.json = json;
    this.listing =
        new Listing(
            Stream.concat(COLUMNS.stream(), json ? Stream.of(WHY) : Stream.empty())
                .toArray(String[]::new));
    jobs.forEach(this::add);
    files.out().stream()
        .sorted()
        .forEach(job -> add(job, "out", null, null, null, null, null, null, null, null));
    if (!json) {
      addOthers();
    }
  }

  /** What is wrong with a file that has none of the jobs, such as that of a new one. */
  private void addOthers() {
    for (String problem : files.problems()) {
      if (reasons.stream().noneMatch(reason -> reason.contains(problem))) {
        reasons.add("routes: " + problem);
      }
    }
  }

  void print(PrintWriter out) {
    listing.print(json, out);
    reasons.forEach(reason -> out.println(OneLine.of(reason)));
    out.flush();
  }

  /**
   * Rows and bytes are those of the attempt under way, so far; open are runs that were left; the
   * file is told of where it is not what runs.
   */
  private void add(JobState job) {
    ZoneId zone = job.zoneOrUtc();
    boolean running = job.running() != null;
    add(
        job.job(),
        words(job.phase()),
        time(job.next(), zone),
        job.last() == null ? null : time(job.last().started(), zone),
        outcome(job.last()),
        time(job.lastSuccess().orElse(null), zone),
        running ? job.running().records().get() : null,
        running ? job.running().bytesRead().get() : null,
        running ? job.running().getAttempt() : null,
        job.open().isEmpty() ? null : job.open().size());
  }

  /** A line of the table, and how its file stands. */
  private void add(String job, Object... values) {
    List<Object> line = new ArrayList<>(List.of(job));
    Collections.addAll(line, values);
    line.add(file(job));
    String why = files.of(job).orElse(null);
    if (json) {
      line.add(why);
    } else if (why != null) {
      reasons.add(job + ": " + why);
    }
    listing.add(line.toArray());
  }

  /** Null where what runs is what stands on disk. */
  private String file(String job) {
    return files.of(job).isPresent() ? "wrong" : files.waiting().contains(job) ? "waits" : null;
  }

  private static String time(Instant time, ZoneId zone) {
    return time == null ? null : TimeText.of(time, zone);
  }

  private static String outcome(RunRecord last) {
    return last == null || last.outcome() == null ? null : last.outcome().inWords();
  }

  private static String words(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
