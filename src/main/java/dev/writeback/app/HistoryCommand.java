package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "history",
    description = "Shows the latest runs, the newest first.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback history",
      "  domo-s3-writeback history sales-daily -n 5",
      "  domo-s3-writeback history sales-daily -n 1 --json"
    })
final class HistoryCommand implements Callable<Integer> {

  static final int USUAL = 20;

  private static final int MOST = 1_000;

  @Parameters(
      paramLabel = "JOB",
      arity = "0..1",
      description = "The id of the job's route. By default all jobs.")
  private String job;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "" + USUAL,
      description = "How many runs; 1000 at most. By default ${DEFAULT-VALUE}.")
  private int most;

  @Option(names = "--json", description = "One JSON object a line, with all that is known.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    requireFew(most);
    String told =
        RunningProgram.find()
            .map(program -> program.history(job, most, json, terminal()))
            .orElseGet(this::ofTheLedger);
    if (job != null && tellsNone(told)) {
      new Jobs().requireKnown(job);
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(told);
    out.flush();
    return 0;
  }

  private String ofTheLedger() {
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    HistoryPrinter.of(json, terminal()).print(new Jobs().history(job, most), out);
    out.flush();
    return told.toString();
  }

  /** A job that is gone may still have runs; one that has none may be a slip of the pen. */
  private static boolean tellsNone(String told) {
    return told.isBlank() || told.strip().equals(HistoryTable.NONE);
  }

  /** As many as the running program holds in memory without noticing. */
  static int requireFew(int runs) {
    if (runs < 1 || runs > MOST) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "-n - no number of runs - '" + runs + "' - from 1 to " + MOST);
    }
    return runs;
  }

  /** Empty in a pipe, whose reader has no width. */
  private OptionalInt terminal() {
    return System.console() == null
        ? OptionalInt.empty()
        : OptionalInt.of(command.usageMessage().autoWidth(true).width());
  }
}
