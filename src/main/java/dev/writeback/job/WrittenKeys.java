package dev.writeback.job;

import dev.writeback.run.BucketRole;
import dev.writeback.run.InputDataset;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * That no two jobs, nor two steps of one, write the same key: what one has written, the other would
 * replace or be refused. One moment stands for all; a run's own id in a name makes it like no
 * other.
 */
final class WrittenKeys {

  private static final Instant SOME_SLOT = Instant.parse("2026-11-22T10:15:30Z");

  private static final Set<String> OPTIONS =
      Set.of(
          "role",
          "bucket",
          "path",
          "inputDataset",
          "selectFilename",
          "fileName",
          "fileExtension",
          "timeZone",
          "format",
          "compression",
          "compressionSuffix",
          "contentEncoding",
          "encryptionMethod");

  private final Map<String, String> writers = new HashMap<>();

  List<Rule> all() {
    return List.of(new Rule(OPTIONS, step -> problem(step).stream().toList()));
  }

  private Optional<Problem> problem(JobStep step) {
    JobParameters parameters = JobParameters.of(step.schema(), step.parameters());
    String address;
    try {
      address = bucket(step) + "/" + key(step, parameters);
    } catch (RunException e) {
      // A name that S3 does not take: each run will say so.
      return Optional.empty();
    }
    String job = step.route().id();
    String other = writers.putIfAbsent(address, job);
    String who = job.equals(other) ? "an earlier step of this job" : "job " + other;
    return other == null
        ? Optional.empty()
        : Optional.of(
            new Problem(
                step.has("fileName") ? "fileName" : "selectFilename",
                who
                    + " writes the same keys - such as 's3://"
                    + address
                    + "' - give one of them another path or name, or make them one job"));
  }

  private static String bucket(JobStep step) {
    String stated = step.get("bucket", "");
    BucketRole role =
        step.context().getRegistry().lookupByNameAndType(step.get("role", ""), BucketRole.class);
    return stated.isBlank() && role != null ? String.valueOf(role.getBucket()) : stated;
  }

  private static String key(JobStep step, JobParameters parameters) {
    InputDataset dataSet = InputDataset.of(step.get("inputDataset", ""));
    RunContext run = new RunContext(step.route().id(), SOME_SLOT, SharedKeyRules.zone(step));
    run.setDataSetId(dataSet.toString());
    run.setDataSetName(dataSet.toString());
    return parameters.naming(step.context().getTypeConverter()).of(run).key();
  }
}
