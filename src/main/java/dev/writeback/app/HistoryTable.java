package dev.writeback.app;

import dev.writeback.ledger.RunRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs as a table for a person: columns as wide as they need to be, the error in a last one. */
final class HistoryTable implements HistoryPrinter {

  private static final List<String> TITLES =
      List.of("job", "slot", "started", "outcome", "rows", "bytes", "seconds", "object", "error");

  @Override
  public void print(List<RunRecord> runs, PrintWriter out) {
    if (runs.isEmpty()) {
      out.println("No runs.");
      out.flush();
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(TITLES);
    runs.forEach(run -> lines.add(line(run)));
    int[] widths = new int[TITLES.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    lines.forEach(line -> out.println(text(line, widths)));
    out.flush();
  }

  private static String text(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
    }
    return text.toString().stripTrailing();
  }

  private static List<String> line(RunRecord run) {
    boolean named = run.object() != null;
    return List.of(
        run.job(),
        time(run.slot(), run.zone()),
        time(run.started(), run.zone()),
        outcome(run),
        named ? String.valueOf(run.object().rows()) : "",
        named ? String.valueOf(run.object().bytes()) : "",
        run.ended() == null
            ? ""
            : String.format(Locale.ROOT, "%.1f", run.took().toMillis() / 1000.0),
        named ? "s3://" + run.object().bucket() + "/" + run.object().key() : "",
        run.error() == null ? "" : run.error().lines().findFirst().orElse(""));
  }

  /** A run that has not ended is under way, or was left and will be finished. */
  private static String outcome(RunRecord run) {
    String outcome =
        run.outcome() == null
            ? ""
            : run.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return run.ended() == null ? (outcome + " (open)").strip() : outcome;
  }

  private static String time(Instant time, ZoneId zone) {
    return time.atZone(zone).truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime().toString();
  }
}
