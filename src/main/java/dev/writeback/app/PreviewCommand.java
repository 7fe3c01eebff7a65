package dev.writeback.app;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "preview",
    description = {
      "Prints the first rows of a job's object exactly as they would be written: in the job's format,"
          + " dialect and character set, neither compressed nor encrypted.",
      "The job's own chain makes them. Nothing is written, to S3 or to the ledger; the rest of the"
          + " DataSet is not read."
    },
    mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {

  @Parameters(paramLabel = "JOB", description = "The id of the job's route.")
  private String job;

  @Option(
      names = "-n",
      paramLabel = "ROWS",
      defaultValue = "20",
      description = "How many rows, besides the header. By default ${DEFAULT-VALUE}.")
  private long rows;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (rows < 1) {
      throw new ParameterException(
          command.commandLine(), "-n - no number of rows - '" + rows + "' - 1 or more");
    }
    // The bytes themselves, whatever character set the terminal has.
    PrintStream out = System.out;
    int exitCode = 0;
    try (Rehearsal rehearsal = new Rehearsal(job)) {
      for (int step = 0; step < rehearsal.writebacks().size(); step++) {
        Rehearsed rehearsed = Rehearsed.plain(rows, out);
        rehearsal.of(step, null, rehearsed);
        if (rehearsed.failure() != null) {
          command.commandLine().getErr().println(rehearsed.failure().getMessage());
          exitCode = Math.max(exitCode, rehearsed.failure().outcome().exitCode());
        } else if (rehearsed.bytes() == 0) {
          command.commandLine().getErr().println("Nothing would be written: " + RunWords.of(rehearsed.run()));
        }
      }
    }
    return exitCode;
  }
}
