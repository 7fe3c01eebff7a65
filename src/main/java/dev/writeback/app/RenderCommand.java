package dev.writeback.app;

import dev.writeback.domo.DomoAccount;
import dev.writeback.domo.ToldDataSet;
import dev.writeback.job.CheckedJob;
import dev.writeback.job.JobParameters;
import dev.writeback.run.InputDataset;
import dev.writeback.run.RunContext;
import dev.writeback.run.TimeText;
import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.RolePolicies;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "render",
    description = {
      "Prints the key of a job's object for any moment, by the job's zone and macros.",
      "A time that the zone leaves out, or has twice, is taken as a run takes it, and told of. Nobody"
          + " is contacted, unless the name is one that only Domo knows (selectFilename:"
          + " datasetName)."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback render sales-daily --at 2026-03-29T02:30",
      "  domo-s3-writeback render sales-daily --next 5",
      "  domo-s3-writeback render sales-daily --json"
    })
final class RenderCommand implements Callable<Integer> {

  private static final String RUN_ID = "<run_id>";

  @Parameters(paramLabel = "JOB", description = "The id of the job's route.")
  private String job;

  @Option(
      names = "--at",
      paramLabel = "SLOT",
      converter = SlotConverter.class,
      description =
          "The moment: a date, a date and time in the job's zone (2026-03-29T02:30), or with an offset"
              + " (2026-03-29T02:30:00Z). May be given several times. By default now.")
  private List<Object> slots = new ArrayList<>();

  @Option(
      names = "--next",
      paramLabel = "N",
      description = "The next so many times of the job's schedule.")
  private int next;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Spec private CommandSpec command;

  private final Path folder;

  RenderCommand() {
    this(CamelMain.HERE);
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   */
  RenderCommand(Path folder) {
    this.folder = folder;
  }

  @Override
  public Integer call() {
    LogTarget.toStandardError();
    CheckedRoutes.read(folder, List.of(), bean -> false, this::render);
    return 0;
  }

  private void render(CamelContext context, CheckedRoutes checked) {
    CheckedJob rendered = checked.job(job);
    List<Object> moments = new ArrayList<>(slots);
    rendered.next(Instant.now(), next).forEach(time -> moments.add(time.toInstant()));
    if (moments.isEmpty()) {
      moments.add(Instant.now());
    }
    Listing listing = new Listing("slot", "object", "note");
    for (JobParameters writeback : checked.parameters(job)) {
      ZoneId zone = zone(rendered, writeback);
      for (Object moment : moments) {
        RunContext run = run(context, writeback, instant(moment, zone), zone);
        listing.add(
            TimeText.of(run.getSlot(), zone),
            "s3://"
                + run.getBucket()
                + "/"
                + writeback.naming(context.getTypeConverter()).of(run).key(),
            note(moment, zone));
      }
    }
    listing.print(json, command.commandLine().getOut());
  }

  /** As of a run: the job's own, else its trigger's. */
  private static ZoneId zone(CheckedJob job, JobParameters writeback) {
    if (job.zone() != null) {
      return job.zone();
    }
    String stated = writeback.get("timeZone");
    return stated == null ? ZoneOffset.UTC : ZoneId.of(stated);
  }

  private static Instant instant(Object moment, ZoneId zone) {
    return moment instanceof LocalDateTime local
        ? local.atZone(zone).toInstant()
        : (Instant) moment;
  }

  private RunContext run(CamelContext context, JobParameters writeback, Instant slot, ZoneId zone) {
    RunContext run = new RunContext(RUN_ID, job, slot, zone, 0);
    AssumedRole role =
        context.getRegistry().lookupByNameAndType(writeback.get("role"), AssumedRole.class);
    run.setBucket(new RolePolicies(role).bucket(writeback.values()));
    run.setInputDataset(writeback.get("inputDataset"));
    run.setDataSetId(InputDataset.of(run.getInputDataset()).id());
    if (needsDomo(writeback, run)) {
      ToldDataSet.ask(
          context,
          context.getRegistry().lookupByNameAndType(writeback.get("account"), DomoAccount.class),
          run);
    }
    return run;
  }

  private static boolean needsDomo(JobParameters writeback, RunContext run) {
    return switch (writeback.get("selectFilename")) {
      case "datasetName" -> true;
      case "datasetId" -> run.getDataSetId() == null;
      default -> false;
    };
  }

  /** Null where the time is like any other. */
  private static String note(Object moment, ZoneId zone) {
    if (!(moment instanceof LocalDateTime local)) {
      return null;
    }
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change == null) {
      return null;
    }
    return change.isGap()
        ? local + " is left out in " + zone + ", where the clocks go forward: this one is taken"
        : local + " comes twice in " + zone + ", where the clocks go back: the first is taken";
  }
}
