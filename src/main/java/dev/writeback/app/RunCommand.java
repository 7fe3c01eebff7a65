package dev.writeback.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Runs one job now, and no other.",
      "Where the program runs in this folder, it is what runs the job; Ctrl-C then ends the watching"
          + " alone."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback run sales-daily",
      "  domo-s3-writeback run sales-daily --at 2026-03-29T06:00",
      "  domo-s3-writeback run sales-daily --since 4711",
      "  domo-s3-writeback run sales-daily --retry"
    })
final class RunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "JOB", description = "The id of the job's route.")
  private String job;

  @Option(
      names = "--at",
      paramLabel = "SLOT",
      converter = SlotConverter.class,
      description =
          "The moment that the run is for; its dates are those of this moment. A date, or a date and"
              + " time in the job's zone (2026-03-29T06:00), or with an offset"
              + " (2026-03-29T06:00:00Z). By default now.")
  private Object slot;

  @Option(
      names = "--since",
      paramLabel = "BATCH",
      converter = BatchConverter.class,
      description =
          "A backfill of a job with onlyNewData: writes every row whose _BATCH_ID_ is above this,"
              + " whatever earlier runs have written. With start: all rows, also those that have no"
              + " _BATCH_ID_.")
  private Long since;

  @Option(
      names = "--retry",
      description =
          "Repeat a failed run as a scheduled one is repeated: for a scheduler that calls this"
              + " program. By default a run by hand is not repeated.")
  private boolean retry;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    return RunningProgram.find()
        .map(program -> program.run(job, slot, since, !retry, command.commandLine().getOut()))
        .orElseGet(() -> new Jobs().run(job, slot, since, !retry).getOutcome().exitCode());
  }
}
