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

  private final Map<String, RouteText> writers = new HashMap<>();

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
    RouteText job = step.route();
    RouteText other = writers.putIfAbsent(address, job);
    // Two routes of one id are told by their ids.
    if (other == null || (other.id().equals(job.id()) && !other.equals(job))) {
      return Optional.empty();
    }
    String who = other.equals(job) ? "an earlier step of this job" : "job " + other.id();
    return Optional.of(
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
        BeanByName.find(step.context(), step.get("role", ""), BucketRole.class).orElse(null);
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
