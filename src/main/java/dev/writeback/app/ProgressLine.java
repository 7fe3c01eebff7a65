package dev.writeback.app;

import dev.writeback.run.RunContext;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One line on the terminal that tells how far a run is, once a second. */
final class ProgressLine {

  private static final double MEGABYTE = 1_000_000;
  private static final String TO_LINE_START = "\r\u001b[K";

  private final Supplier<Collection<String>> texts;
  private final PrintStream terminal;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  private ProgressLine(Supplier<Collection<String>> texts, PrintStream terminal) {
    this.texts = texts;
    this.terminal = terminal;
  }

  /**
   * Says nothing unless a person looks on.
   *
   * @param texts what there is to say now, such as {@link #text} of each run
   */
  static ProgressLine of(Supplier<Collection<String>> texts) {
    ProgressLine line = new ProgressLine(texts, System.err);
    if (System.console() != null) {
      line.clock.scheduleAtFixedRate(line::print, 1, 1, TimeUnit.SECONDS);
    }
    return line;
  }

  private void print() {
    for (String text : texts.get()) {
      // A line of the log that comes next takes its place.
      terminal.print(TO_LINE_START + text + "\r");
      terminal.flush();
    }
  }

  static String text(RunContext run) {
    double megabytes = run.bytesRead().get() / MEGABYTE;
    double seconds = Math.max(run.elapsed().toMillis(), 1) / 1000.0;
    return String.format(
        Locale.ROOT,
        "%s: %,d rows, %,.1f MB, %,.1f MB/s",
        run.getJob(),
        run.records().get(),
        megabytes,
        megabytes / seconds);
  }

  /** Before something else is written. */
  void clear() {
    if (System.console() != null) {
      terminal.print(TO_LINE_START);
      terminal.flush();
    }
  }

  void close() {
    clock.shutdownNow();
    clear();
  }
}
