package dev.writeback.app;

import dev.writeback.job.CheckedJob;
import dev.writeback.run.RunException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "plan",
    description = {
      "Tells what a run now would do, without doing it: slot, key, rows, columns, batches, what object"
          + " it would replace, encryption, about how many bytes, and what would stop it.",
      "The job's own chain is rehearsed with the DataSet's first rows. Nothing is written, to S3 or to"
          + " the ledger. The object that is there S3 tells only to a role with s3:GetObject, and"
          + " that there is none only with s3:ListBucket.",
      "Ends with the code that the run would end with; of several, with the highest."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback plan sales-daily",
      "  domo-s3-writeback plan sales-daily --at 2026-03-29T06:00",
      "  domo-s3-writeback plan --json"
    })
final class PlanCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "JOB",
      arity = "0..1",
      description = "The id of the job's route. By default all jobs, a line for each.")
  private String job;

  @Option(
      names = "--at",
      paramLabel = "SLOT",
      converter = SlotConverter.class,
      description = "The moment that the run would be for, as of run. By default now.")
  private Object slot;

  @Option(
      names = "--since",
      paramLabel = "BATCH",
      converter = BatchConverter.class,
      description = "A backfill of a job with onlyNewData, as of run.")
  private Long since;

  @Option(names = "--json", description = "One JSON object a line, with all that is known.")
  private boolean json;

  @Spec private CommandSpec command;

  private final Path folder;

  PlanCommand() {
    this(CamelMain.HERE);
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   */
  PlanCommand(Path folder) {
    this.folder = folder;
  }

  @Override
  public Integer call() {
    LogTarget.toStandardError();
    CommandAnswer answer =
        RunningProgram.find()
            .map(program -> program.plan(job, slot, since, json))
            .orElseGet(() -> plan(new Jobs(folder), job, slot, since, json));
    command.commandLine().getOut().print(answer.text());
    command.commandLine().getOut().flush();
    return answer.exitCode();
  }

  /**
   * What the command says, worked out in this process.
   *
   * @param job null for all jobs
   */
  static CommandAnswer plan(Jobs jobs, String job, Object slot, Long since, boolean json) {
    List<Plan> plans = new ArrayList<>();
    jobs.rehearse(
        (rehearsal, checked) -> {
          Function<String, List<Plan>> planner =
              id -> {
                Planner each = new Planner(rehearsal, checked.job(id), slot, since);
                return checked.parameters(id).stream().map(each::plan).toList();
              };
          plans.addAll(job == null ? ofAll(checked, planner) : planner.apply(job));
        });
    StringWriter text = new StringWriter();
    PlanPrinter printer = new PlanPrinter(new PrintWriter(text));
    if (json) {
      plans.forEach(printer::json);
    } else if (job == null) {
      printer.list(plans);
    } else {
      plans.forEach(printer::show);
    }
    int exitCode = plans.stream().mapToInt(plan -> plan.outcome().exitCode()).max().orElse(0);
    return CommandAnswer.of(exitCode, text.toString());
  }

  private static List<Plan> ofAll(CheckedRoutes checked, Function<String, List<Plan>> planner) {
    return checked.check().jobs().stream()
        .map(CheckedJob::id)
        .sorted()
        .flatMap(id -> ofOne(id, planner).stream())
        .toList();
  }

  /** A mistake in its file is what stops it. */
  private static List<Plan> ofOne(String id, Function<String, List<Plan>> planner) {
    try {
      return planner.apply(id);
    } catch (RunException mistaken) {
      return List.of(Plan.stopped(id, mistaken));
    }
  }
}
