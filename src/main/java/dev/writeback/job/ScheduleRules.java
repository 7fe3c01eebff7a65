package dev.writeback.job;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** What a job and its triggers must say together: one zone, and what there is a trigger for. */
final class ScheduleRules {

  private static final String MISSED = "missed";
  private static final String TIME_ZONE = "timeZone";

  private ScheduleRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.of(ScheduleRules::oneZone, TIME_ZONE), Rule.of(ScheduleRules::missed, MISSED));
  }

  private static Optional<Problem> missed(JobStep step) {
    String missed = step.get(MISSED);
    if (missed != null && step.triggers().isEmpty()) {
      return Optional.of(
          new Problem(
              MISSED,
              "the job has no trigger, so it misses nothing - '" + missed + "' - leave it out"));
    }
    if (missed != null
        && step.triggers().stream().allMatch(each -> each.isInterval(step.context()))) {
      return Optional.of(
          new Problem(
              MISSED,
              "an interval begins anew with each start, so it misses nothing - '"
                  + missed
                  + "' - leave it out, or state a cron"));
    }
    return Optional.empty();
  }

  private static Optional<Problem> oneZone(JobStep step) {
    String stated = step.get(TIME_ZONE, "");
    return step.triggers().stream()
        .map(trigger -> trigger.parameter(step.context(), Trigger.TIME_ZONE))
        .filter(zone -> zone != null && !stated.isBlank() && !zone.equals(stated))
        .findFirst()
        .map(
            zone ->
                new Problem(
                    TIME_ZONE,
                    "not the trigger's zone - '"
                        + stated
                        + "' - leave it out, the dates are those of trigger.timeZone, "
                        + zone));
  }

  /** The mistake of a schedule that has another zone than the first one of its job. */
  static List<Problem> ofSchedule(CamelContext context, Trigger trigger, Trigger first) {
    ZoneId zone = trigger.zone(context);
    ZoneId firsts = first.zone(context);
    if (zone == null || firsts == null || zone.equals(firsts)) {
      return List.of();
    }
    return List.of(
        new Problem(
            Trigger.TIME_ZONE,
            "a job has one zone, and "
                + first.route()
                + " states "
                + firsts
                + " - '"
                + zone
                + "' - state the same for all schedules of the job"));
  }
}
