package dev.writeback.job;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** What a job and its triggers must say together: one zone, and what there is a trigger for. */
final class ScheduleRules {

  private static final String MISSED = "missed";
  private static final String TIME_ZONE = "timeZone";

  private ScheduleRules() {}

  /** The mistakes that stand in the job's own parameters. */
  static List<Problem> ofJob(
      CamelContext context, Map<String, String> parameters, List<Trigger> triggers) {
    List<Problem> problems = new ArrayList<>();
    checkOneZone(context, parameters.get(TIME_ZONE), triggers, problems);
    String missed = parameters.get(MISSED);
    if (missed != null && triggers.isEmpty()) {
      problems.add(
          new Problem(
              MISSED,
              "the job has no trigger, so it misses nothing - '" + missed + "' - leave it out"));
    } else if (missed != null && triggers.stream().allMatch(each -> each.isInterval(context))) {
      problems.add(
          new Problem(
              MISSED,
              "an interval begins anew with each start, so it misses nothing - '"
                  + missed
                  + "' - leave it out, or state a cron"));
    }
    return problems;
  }

  private static void checkOneZone(
      CamelContext context, String stated, List<Trigger> triggers, List<Problem> problems) {
    if (stated == null || stated.isBlank()) {
      return;
    }
    for (Trigger trigger : triggers) {
      String zone = trigger.parameter(context, Trigger.TIME_ZONE);
      if (zone != null && !zone.equals(stated)) {
        problems.add(
            new Problem(
                TIME_ZONE,
                "not the trigger's zone - '"
                    + stated
                    + "' - leave it out, the dates are those of trigger.timeZone, "
                    + zone));
        return;
      }
    }
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
