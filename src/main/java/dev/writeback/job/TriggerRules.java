package dev.writeback.job;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.quartz.CronExpression;

/**
 * What a trigger must say, since Camel's defaults are wrong for a job: that a run does not overtake
 * the one before, and in whose zone a cron is meant.
 */
final class TriggerRules {

  private static final String STATEFUL = "stateful";

  private final CamelContext context;
  private final Trigger trigger;
  private final List<Problem> problems = new ArrayList<>();

  private TriggerRules(CamelContext context, Trigger trigger) {
    this.context = context;
    this.trigger = trigger;
  }

  static List<Problem> of(CamelContext context, Trigger trigger) {
    TriggerRules rules = new TriggerRules(context, trigger);
    rules.check();
    return rules.problems;
  }

  private void check() {
    trigger
        .endpoint()
        .parameters()
        .forEach(
            (name, value) ->
                Placeholders.problem(context, value).ifPresent(wrong -> problem(name, wrong)));
    if (!trigger.route().isEmpty() && !trigger.name().equals(trigger.route())) {
      problem(
          "uri",
          "the trigger's name is not the route's id - '"
              + trigger.endpoint().path()
              + "' - write 'uri: quartz:writeback/"
              + trigger.route()
              + "'");
    }
    if (!trigger.has(STATEFUL)) {
      problem(
          STATEFUL,
          "missing, so a long run would be overtaken by the next - add to the parameters of"
              + " quartz the line 'stateful: true'");
    } else if ("false".equals(trigger.parameter(context, STATEFUL))) {
      problem(
          STATEFUL, "a long run would be overtaken by the next - 'false' - write 'stateful: true'");
    }
    if (!trigger.has(Trigger.CRON) && !trigger.has(Trigger.INTERVAL)) {
      problem(
          Trigger.CRON,
          "missing, so the job would run every second - add to the parameters of quartz a line"
              + " such as 'cron: \"0 0 6 * * ?\"', for every day at 6");
    }
    checkCron();
    checkZone();
    if (trigger.has(Trigger.CRON) && !trigger.has(Trigger.TIME_ZONE)) {
      problem(
          Trigger.TIME_ZONE,
          "missing, so the cron would be read in the zone of this machine - add to the"
              + " parameters of quartz a line such as 'trigger.timeZone: America/Denver'");
    }
  }

  private void checkCron() {
    String cron = trigger.cron(context);
    try {
      if (cron != null) {
        CronExpression.validateExpression(cron);
      }
    } catch (ParseException e) {
      problem(
          Trigger.CRON,
          "cannot be read: "
              + e.getMessage()
              + " - '"
              + cron
              + "' - seconds, minutes, hours, day of the month, month, day of the week, such as"
              + " '0 0 6 * * ?' for every day at 6");
    }
  }

  /** Java takes a zone that it does not know for GMT; Quartz says nothing of the file. */
  private void checkZone() {
    String zone = trigger.parameter(context, Trigger.TIME_ZONE);
    try {
      if (zone != null) {
        ZoneId.of(zone, ZoneId.SHORT_IDS);
      }
    } catch (DateTimeException e) {
      problem(
          Trigger.TIME_ZONE,
          "no such zone - '" + zone + "' - a name such as America/Denver or UTC");
    }
  }

  private void problem(String option, String text) {
    problems.add(new Problem(option, text));
  }
}
