package dev.writeback.app;

import dev.writeback.job.JobParameters;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.OneLine;
import dev.writeback.run.RunException;
import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.JobUploads;
import dev.writeback.s3.OpenUpload;
import dev.writeback.s3.RolePolicies;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.util.TimeUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "uploads",
    description = {
      "Lists the multipart uploads that stand open under the names of a job's objects: their parts"
          + " cost money until somebody aborts them.",
      "What the ledger knows of, the job's next run aborts by itself. The rest was left by a process"
          + " that died before it could write it down, or is somebody else's: S3 does not tell.",
      "The role needs more for it than for runs: policy JOB --uploads."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback uploads sales-daily",
      "  domo-s3-writeback uploads sales-daily --older-than 6h --abort"
    })
final class UploadsCommand implements Callable<Integer> {

  /** More runs than a job leaves uploads behind. */
  private static final int RUNS = 1_000;

  @Parameters(paramLabel = "JOB", description = "The id of the job's route.")
  private String job;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      defaultValue = "1d",
      description = "Only those begun longer ago, such as 6h. By default ${DEFAULT-VALUE}.")
  private String age;

  @Option(
      names = "--abort",
      description =
          "Abort them, but for those that the ledger knows of. Make sure that nobody else writes"
              + " objects of these names.")
  private boolean abort;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Duration olderThan = olderThan();
    Set<String> known = known();
    new Jobs().read(job, (context, steps) -> show(context, steps, olderThan, known));
    return 0;
  }

  private Duration olderThan() {
    try {
      Duration duration = TimeUtils.toDuration(age);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (IllegalArgumentException notADuration) {
      // Told below.
    }
    throw new ParameterException(
        command.commandLine(), "--older-than - no duration - '" + age + "' - such as 6h or 2d");
  }

  private Set<String> known() {
    try {
      return new Jobs()
          .history(job, RUNS).stream()
              .map(RunRecord::openUploads)
              .flatMap(Set::stream)
              .collect(Collectors.toSet());
    } catch (RunException unread) {
      if (abort) {
        throw unread;
      }
      command
          .commandLine()
          .getErr()
          .println("Which of them the ledger knows of is not known: " + unread.getMessage());
      return Set.of();
    }
  }

  private void show(
      CamelContext context, List<JobParameters> steps, Duration olderThan, Set<String> known) {
    PrintWriter out = command.commandLine().getOut();
    Instant newest = Instant.now().minus(olderThan);
    for (JobParameters parameters : steps) {
      JobUploads uploads = uploads(context, parameters);
      List<OpenUpload> old =
          uploads.list().stream().filter(upload -> upload.begun().isBefore(newest)).toList();
      for (OpenUpload upload : old) {
        String begun = upload.begun().truncatedTo(ChronoUnit.SECONDS).toString();
        String state = done(uploads, upload, known);
        out.println(
            json
                ? JsonLine.of(object(begun, upload, state))
                : OneLine.of(String.join("  ", begun, upload.id(), upload.key(), state)));
      }
      if (!json) {
        out.println(old.size() + " open for longer than " + age);
      }
    }
    out.flush();
  }

  private static Map<String, String> object(String begun, OpenUpload upload, String state) {
    Map<String, String> object = new LinkedHashMap<>();
    object.put("begun", begun);
    object.put("upload", upload.id());
    object.put("key", upload.key());
    object.put("state", state);
    return object;
  }

  private String done(JobUploads uploads, OpenUpload upload, Set<String> known) {
    if (known.contains(upload.id())) {
      return "known to the ledger";
    }
    if (!abort) {
      return "unknown";
    }
    uploads.abort(upload);
    return "aborted";
  }

  private static JobUploads uploads(CamelContext context, JobParameters parameters) {
    AssumedRole role =
        context.getRegistry().lookupByNameAndType(parameters.get("role"), AssumedRole.class);
    String key = parameters.keyOfAnyRun(context.getTypeConverter());
    return new JobUploads(
        role,
        new RolePolicies(role).bucket(parameters.values()),
        RolePolicies.pieces(key, ObjectNaming.ANY));
  }
}
