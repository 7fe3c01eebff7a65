package dev.writeback.app;

import dev.writeback.job.JobParameters;
import dev.writeback.ledger.Abandonment;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.TimeText;
import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.LeftObject;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "abandon",
    description = {
      "Gives up a run that was left open and can never be finished, since its bucket or its DataSet is"
          + " gone, say: it would be tried first by every run of the job.",
      "What it was about to write is the next run's: rows of an increment are not lost. If its object"
          + " is there after all, the run is kept as done.",
      "Without --yes it says what it would give up, and does nothing."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback abandon sales-daily",
      "  domo-s3-writeback abandon sales-daily --slot 2026-03-29T06:00:00Z --yes"
    })
final class AbandonCommand implements Callable<Integer> {

  private static final int NOT_CONFIRMED = 2;

  @Parameters(paramLabel = "JOB", description = "The id of the job's route.")
  private String job;

  @Option(
      names = "--slot",
      paramLabel = "SLOT",
      converter = SlotConverter.class,
      description =
          "The moment that the run is for, as history shows it. By default all that the job has left"
              + " open.")
  private Object slot;

  @Option(names = "--yes", description = "Do it.")
  private boolean yes;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Map<RunRecord, LeftObject> objects = new LinkedHashMap<>();
    List<RunRecord> open = new Jobs().ledger(ledger -> ledger.getLedger().openIntents(job));
    // Also where nothing is open: a job that nobody knows is a mistake.
    new Jobs()
        .read(
            job,
            (context, steps) ->
                chosen(open).forEach(run -> objects.put(run, look(context, steps, run))));
    PrintWriter out = command.commandLine().getOut();
    if (objects.isEmpty()) {
      out.println("Nothing of job " + job + " is open.");
      out.flush();
      return 0;
    }
    objects.forEach((run, object) -> out.println(told(run, object)));
    if (yes) {
      new Jobs()
          .ledger(
              ledger -> {
                objects.forEach((run, object) -> end(ledger.abandonment(), run, object));
                return null;
              });
    }
    out.println(yes ? "Done." : "Nothing was given up. To do it, add --yes.");
    out.flush();
    return yes ? 0 : NOT_CONFIRMED;
  }

  private List<RunRecord> chosen(List<RunRecord> open) {
    List<RunRecord> chosen =
        open.stream().filter(run -> slot == null || moment(run).equals(run.slot())).toList();
    if (slot != null && chosen.isEmpty()) {
      String slots =
          open.stream()
              .map(run -> TimeText.of(run.slot(), run.zone()))
              .collect(Collectors.joining(", "));
      throw new ParameterException(
          command.commandLine(),
          "--slot - no run of job "
              + job
              + " is open for it - '"
              + slot
              + "' - "
              + (slots.isEmpty() ? "nothing is open" : "open are " + slots));
    }
    return chosen;
  }

  /** To the second, as the slot is shown. */
  private Instant moment(RunRecord run) {
    Instant asked =
        slot instanceof LocalDateTime local ? local.atZone(run.zone()).toInstant() : (Instant) slot;
    boolean shownSo = TimeText.of(asked, run.zone()).equals(TimeText.of(run.slot(), run.zone()));
    return shownSo ? run.slot() : asked;
  }

  /** By the step that reads the run's DataSet; where the job has been edited, by its first. */
  private static LeftObject look(CamelContext context, List<JobParameters> steps, RunRecord run) {
    JobParameters step =
        steps.stream()
            .filter(each -> each.get("inputDataset").equals(run.dataSet().input()))
            .findFirst()
            .orElse(steps.get(0));
    AssumedRole role =
        context.getRegistry().lookupByNameAndType(step.get("role"), AssumedRole.class);
    return LeftObject.look(context, role, step.values(), run.toRun());
  }

  private static String told(RunRecord run, LeftObject object) {
    String becomes =
        switch (object.state()) {
          case THERE -> "its object is there: the run is kept as done";
          case ABSENT -> "its object is not there: what it was about to write is the next run's";
          case UNKNOWN ->
              "whether its object is there is not known ("
                  + object.refusal()
                  + "): if it is, the next run writes its rows once more";
        };
    String uploads =
        run.openUploads().isEmpty()
            ? ""
            : System.lineSeparator()
                + "  "
                + run.openUploads().size()
                + " of its multipart uploads may be open: the job's next run aborts what is left";
    return run.intentInWords() + System.lineSeparator() + "  " + becomes + uploads;
  }

  private static void end(Abandonment abandonment, RunRecord run, LeftObject object) {
    switch (object.state()) {
      case THERE -> abandonment.foundDone(run, object.eTag(), object.versionId());
      case ABSENT -> abandonment.giveUp(run, "given up by a person; its object was not there");
      case UNKNOWN ->
          abandonment.giveUp(
              run, "given up by a person; whether its object is there was not known");
    }
  }
}
