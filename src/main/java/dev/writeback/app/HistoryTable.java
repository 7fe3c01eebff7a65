package dev.writeback.app;

import dev.writeback.ledger.RunRecord;
import dev.writeback.run.OneLine;
import dev.writeback.run.TimeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Runs as a table for a person: columns as wide as they need to be, and in a last one as much of
 * the error as there is room for.
 */
final class HistoryTable implements HistoryPrinter {

  /** Of an error, where no terminal says how much room there is. */
  private static final int ROOM = 80;

  /** Of an error, however narrow the terminal is. */
  private static final int LEAST_ROOM = 20;

  private static final String CUT = "\u2026";

  private static final List<String> TITLES =
      List.of("job", "slot", "started", "outcome", "rows", "bytes", "seconds", "object", "error");

  static final String NONE = "No runs.";

  private final OptionalInt terminal;

  /**
   * @param terminal the width of the terminal, where one is written to
   */
  HistoryTable(OptionalInt terminal) {
    this.terminal = terminal;
  }

  @Override
  public void print(List<RunRecord> runs, PrintWriter out) {
    if (runs.isEmpty()) {
      out.println(NONE);
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
    int room = room(widths);
    lines.forEach(line -> out.println(text(line, widths, room)));
    out.flush();
  }

  /** For the error, behind the other columns. */
  private int room(int[] widths) {
    int others = Arrays.stream(widths).limit(widths.length - 1L).map(width -> width + 2).sum();
    return terminal.isPresent() ? Math.max(LEAST_ROOM, terminal.getAsInt() - others) : ROOM;
  }

  private static String text(List<String> line, int[] widths, int room) {
    StringBuilder text = new StringBuilder();
    int last = widths.length - 1;
    for (int i = 0; i < last; i++) {
      text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
    }
    return text.append(cut(line.get(last), room)).toString().stripTrailing();
  }

  private static String cut(String text, int room) {
    return text.length() <= room ? text : text.substring(0, room - 1) + CUT;
  }

  private static List<String> line(RunRecord run) {
    boolean named = run.object() != null;
    return List.of(
        run.job(),
        TimeText.of(run.slot(), run.zone()),
        TimeText.of(run.started(), run.zone()),
        outcome(run),
        named ? String.valueOf(run.object().rows()) : "",
        named ? String.valueOf(run.object().bytes()) : "",
        run.ended() == null
            ? ""
            : String.format(Locale.ROOT, "%.1f", run.took().toMillis() / 1000.0),
        named ? OneLine.of("s3://" + run.object().bucket() + "/" + run.object().key()) : "",
        run.error() == null ? "" : OneLine.of(run.error()));
  }

  /** A run that has not ended is under way, or was left and will be finished. */
  private static String outcome(RunRecord run) {
    String outcome = run.outcome() == null ? "" : run.outcome().inWords();
    return run.ended() == null ? (outcome + " (open)").strip() : outcome;
  }
}
