package dev.writeback.app;

import dev.writeback.job.CheckedJob;
import dev.writeback.job.JobParameters;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "preview",
    description = {
      "Prints the first rows of a job's object exactly as they would be written: in the job's format,"
          + " dialect and character set, neither compressed nor encrypted.",
      "The job's own chain makes them, from Domo as it is now; the rest of the DataSet is not read."
          + " Nothing is written, to S3 or to the ledger. With onlyNewData they are the first of the"
          + " new rows."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback preview sales-daily",
      "  domo-s3-writeback preview sales-daily -n 100"
    })
final class PreviewCommand implements Callable<Integer> {

  /** What would keep the rows from being read by a person, or from being made at all. */
  private static final Map<String, String> PLAIN = plain();

  static final long USUAL_ROWS = 20;

  private static final long MOST_ROWS = 1_000;

  @Parameters(paramLabel = "JOB", description = "The id of the job's route.")
  private String job;

  @Option(
      names = "-n",
      paramLabel = "ROWS",
      defaultValue = "" + USUAL_ROWS,
      description = {
        "How many rows, besides the header; 1000 at most, and 1 MiB of them. By default"
            + " ${DEFAULT-VALUE}."
      })
  private long rows;

  @Spec private CommandSpec command;

  private final Path folder;

  PreviewCommand() {
    this(CamelMain.HERE);
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   */
  PreviewCommand(Path folder) {
    this.folder = folder;
  }

  private static Map<String, String> plain() {
    Map<String, String> plain = new HashMap<>();
    plain.put("compression", "none");
    plain.put("contentEncoding", "false");
    plain.put("encryptionMethod", "none");
    plain.put("encryptionKey", null);
    plain.put("skipUnchanged", "false");
    // Of a stream that is given up nothing can be proved.
    plain.put("verify", "off");
    return plain;
  }

  @Override
  public Integer call() {
    requireFew(rows);
    LogTarget.toStandardError();
    CommandAnswer answer =
        RunningProgram.find()
            .map(program -> program.preview(job, rows))
            .orElseGet(() -> preview(new Jobs(folder), job, rows));
    // The bytes themselves, whatever character set the terminal has.
    System.out.write(answer.out(), 0, answer.out().length);
    System.out.flush();
    command.commandLine().getErr().print(answer.error());
    command.commandLine().getErr().flush();
    return answer.exitCode();
  }

  /** What the command says, worked out in this process. */
  static CommandAnswer preview(Jobs jobs, String job, long rows) {
    requireFew(rows);
    PreviewedBytes object = new PreviewedBytes(rows);
    StringWriter words = new StringWriter();
    AtomicInteger exitCode = new AtomicInteger();
    jobs.rehearse(
        (rehearsal, checked) -> {
          CheckedJob previewed = checked.job(job);
          for (JobParameters writeback : checked.parameters(job)) {
            Rehearsed rehearsed = new Rehearsed(rows, object);
            rehearsal.rehearse(previewed, writeback, PLAIN, null, null, rehearsed);
            RunException failure = rehearsed.failure();
            if (failure != null) {
              exitCode.accumulateAndGet(failure.outcome().exitCode(), Math::max);
              new PrintWriter(words, true).println(failure.getMessage());
            } else if (!rehearsed.run().isDone()) {
              new PrintWriter(words, true).println("Nothing new: a run would write no object.");
            }
          }
        });
    return new CommandAnswer(exitCode.get(), object.toByteArray(), words.toString());
  }

  private static void requireFew(long rows) {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "-n - no number of rows - '" + rows + "' - from 1 to " + MOST_ROWS);
    }
  }
}
