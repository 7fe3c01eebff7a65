package dev.writeback.job;

import dev.writeback.ledger.Schedule;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * That each fire time of a job has a key of its own, where it must: an increment that replaces the
 * one before loses rows, and an object that may not be replaced fails each later run.
 */
final class SharedKeyRules {

  private static final String EVERY_SECOND = "* * * * * ?";
  private static final String SOME_DATASET = "DataSet";

  private static final Set<String> OPTIONS =
      Set.of(
          "path",
          "selectFilename",
          "fileName",
          "fileExtension",
          "timeZone",
          "overwrite",
          "onlyNewData",
          "allowReplaceIncrement");

  private SharedKeyRules() {}

  static List<Rule> all() {
    return List.of(new Rule(OPTIONS, SharedKeyRules::replaced));
  }

  /** An increment may replace an earlier one only where the job says so. */
  static List<Problem> replaced(JobStep step) {
    if (!step.isTrue("onlyNewData")
        || !step.isTrue("overwrite")
        || step.isTrue("allowReplaceIncrement")) {
      return List.of();
    }
    return shared(step).stream()
        .map(
            key ->
                new Problem(
                    keyOption(step),
                    "with onlyNewData and overwrite a later run would replace the rows of an"
                        + " earlier one: "
                        + key
                        + " - '"
                        + step.get(keyOption(step), "")
                        + "' - put the time into the name, such as"
                        + " <current_date:yyyyMMdd_HHmmss>, or add 'allowReplaceIncrement: true'"))
        .toList();
  }

  /** What a person should hear of a job that is no mistake: its second run will fail. */
  static Optional<String> warning(JobStep step) {
    if (step.triggers().isEmpty() || step.isTrue("overwrite")) {
      return Optional.empty();
    }
    return shared(step)
        .map(
            key ->
                "the later of two runs will fail, since overwrite is false: "
                    + key
                    + " - put the time into the name, such as <current_date>, or add 'overwrite:"
                    + " true'");
  }

  private static Optional<SharedKey> shared(JobStep step) {
    if (step.triggers().stream().anyMatch(trigger -> isUnreadable(trigger, step))) {
      // Told as a mistake of its own: when the job runs is not known.
      return Optional.empty();
    }
    ObjectNaming naming = NamingRules.naming(step);
    ZoneId zone = zone(step);
    try {
      return SharedKey.among(schedules(step), zone, slot -> key(naming, slot, zone));
    } catch (RunException e) {
      // A name that S3 does not take: each run will say so.
      return Optional.empty();
    }
  }

  private static boolean isUnreadable(Trigger trigger, JobStep step) {
    return trigger.has(Trigger.CRON) && trigger.schedule(step.context()).isEmpty();
  }

  /** The zone of a job's dates. */
  static ZoneId zone(JobStep step) {
    String stated = step.get("timeZone", "");
    return step.triggers().stream()
        .map(trigger -> trigger.zone(step.context()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> stated.isBlank() ? ZoneOffset.UTC : ZoneId.of(stated));
  }

  /** A job without a cron may run at any moment. */
  private static List<Schedule> schedules(JobStep step) {
    List<Schedule> schedules = new ArrayList<>();
    for (Trigger trigger : step.triggers()) {
      trigger.schedule(step.context()).ifPresent(schedules::add);
    }
    return schedules.isEmpty() || schedules.size() < step.triggers().size()
        ? List.of(new Schedule(EVERY_SECOND, ZoneOffset.UTC))
        : schedules;
  }

  private static String key(ObjectNaming naming, Instant slot, ZoneId zone) {
    RunContext run = new RunContext(SOME_DATASET, slot, zone);
    run.setDataSetId(SOME_DATASET);
    run.setDataSetName(SOME_DATASET);
    return naming.of(run).key();
  }

  private static String keyOption(JobStep step) {
    return step.has("fileName") ? "fileName" : "selectFilename";
  }
}
