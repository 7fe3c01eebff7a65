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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * That each fire time of a job has a key of its own, where it must: an increment that replaces the
 * one before loses rows, and an object that may not be replaced fails each later run.
 */
final class SharedKeyRules {

  private static final String EVERY_SECOND = "* * * * * ?";
  private static final String SOME_DATASET = "DataSet";

  private SharedKeyRules() {}

  /**
   * An increment may replace an earlier one only where the job says so.
   *
   * @param parameters of a use without other mistakes
   */
  static List<Problem> of(
      CamelContext context, Map<String, String> parameters, List<Trigger> triggers) {
    if (!Boolean.parseBoolean(parameters.get("onlyNewData"))
        || !Boolean.parseBoolean(parameters.get("overwrite"))
        || Boolean.parseBoolean(parameters.get("allowReplaceIncrement"))) {
      return List.of();
    }
    return shared(context, parameters, triggers).stream()
        .map(
            key ->
                new Problem(
                    keyOption(parameters),
                    "with onlyNewData and overwrite a later run would replace the rows of an"
                        + " earlier one: "
                        + key
                        + " - '"
                        + parameters.getOrDefault(keyOption(parameters), "")
                        + "' - put the time into the name, such as"
                        + " <current_date:yyyyMMdd_HHmmss>, or add 'allowReplaceIncrement: true'"))
        .toList();
  }

  /** What a person should hear of a job that is no mistake: its second run will fail. */
  static Optional<String> warning(
      CamelContext context, Map<String, String> parameters, List<Trigger> triggers) {
    if (triggers.isEmpty() || Boolean.parseBoolean(parameters.get("overwrite"))) {
      return Optional.empty();
    }
    return shared(context, parameters, triggers)
        .map(
            key ->
                "the later of two runs will fail, since overwrite is false: "
                    + key
                    + " - put the time into the name, such as <current_date>, or add 'overwrite:"
                    + " true'");
  }

  private static Optional<SharedKey> shared(
      CamelContext context, Map<String, String> parameters, List<Trigger> triggers) {
    ObjectNaming naming = NamingRules.naming(context.getTypeConverter(), parameters);
    ZoneId zone =
        triggers.stream()
            .map(trigger -> trigger.zone(context))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> stated(parameters));
    try {
      return SharedKey.among(schedules(context, triggers), zone, slot -> key(naming, slot, zone));
    } catch (RunException e) {
      // A name that S3 does not take: each run will say so.
      return Optional.empty();
    }
  }

  private static ZoneId stated(Map<String, String> parameters) {
    String zone = parameters.getOrDefault("timeZone", "");
    return zone.isBlank() ? ZoneOffset.UTC : ZoneId.of(zone);
  }

  /** A job without a cron may run at any moment. */
  private static List<Schedule> schedules(CamelContext context, List<Trigger> triggers) {
    List<Schedule> schedules = new ArrayList<>();
    for (Trigger trigger : triggers) {
      String cron = trigger.cron(context);
      ZoneId zone = trigger.zone(context);
      if (cron == null || zone == null) {
        return List.of(new Schedule(EVERY_SECOND, ZoneOffset.UTC));
      }
      schedules.add(new Schedule(cron, zone));
    }
    return schedules.isEmpty() ? List.of(new Schedule(EVERY_SECOND, ZoneOffset.UTC)) : schedules;
  }

  private static String key(ObjectNaming naming, Instant slot, ZoneId zone) {
    RunContext run = new RunContext(SOME_DATASET, slot, zone);
    run.setDataSetId(SOME_DATASET);
    run.setDataSetName(SOME_DATASET);
    return naming.of(run).key();
  }

  private static String keyOption(Map<String, String> parameters) {
    return parameters.containsKey("fileName") ? "fileName" : "selectFilename";
  }
}
