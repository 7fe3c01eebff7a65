package dev.writeback.job;

import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.quartz.CronExpression;

/**
 * The moments of a job's next runs: those of its own trigger and of every schedule that hands on to
 * it; for a job without any, two that are a second apart, as somebody may run it by hand.
 *
 * @param zone in which the job's dates are told
 */
record FireTimes(List<Instant> moments, ZoneId zone) {

  /** Enough to see a date come round again: half a year of days, a week of hours. */
  private static final int MOST = 200;

  private static final String TIME_ZONE = "trigger.timeZone";

  /**
   * @param timeZone the zone that the job itself states, or null
   */
  static FireTimes of(CamelContext context, RouteDefinition job, String timeZone) {
    List<Instant> moments = new ArrayList<>();
    String zone = timeZone;
    for (String uri : triggers(context, job)) {
      Map<String, Object> parameters = parameters(uri);
      String triggers = resolved(context, parameters.get(TIME_ZONE));
      zone = zone == null ? triggers : zone;
      String cron = resolved(context, parameters.get("cron"));
      if (cron != null) {
        moments.addAll(ofCron(cron.replace('+', ' '), zone(triggers)));
      } else {
        moments.addAll(secondsApart());
      }
    }
    if (moments.isEmpty()) {
      moments.addAll(secondsApart());
    }
    return new FireTimes(moments, zone(zone));
  }

  private static List<String> triggers(CamelContext context, RouteDefinition job) {
    String input = job.getInput().getEndpointUri();
    if (input.startsWith("quartz:")) {
      return List.of(input);
    }
    return context
        .getCamelContextExtension()
        .getContextPlugin(Model.class)
        .getRouteDefinitions()
        .stream()
        .filter(route -> route.getInput().getEndpointUri().startsWith("quartz:"))
        .filter(
            route ->
                ProcessorDefinitionHelper.filterTypeInOutputs(
                        route.getOutputs(), ToDefinition.class)
                    .stream()
                    .anyMatch(to -> to.getEndpointUri().equals(input)))
        .map(route -> route.getInput().getEndpointUri())
        .toList();
  }

  private static Map<String, Object> parameters(String uri) {
    try {
      return URISupport.parseQuery(StringHelper.after(uri, "?", ""));
    } catch (URISyntaxException e) {
      // Told where the trigger is checked.
      return Map.of();
    }
  }

  private static List<Instant> ofCron(String cron, ZoneId zone) {
    List<Instant> moments = new ArrayList<>();
    try {
      CronExpression expression = new CronExpression(cron);
      expression.setTimeZone(TimeZone.getTimeZone(zone));
      Date next = expression.getNextValidTimeAfter(Date.from(Instant.now()));
      while (next != null && moments.size() < MOST) {
        moments.add(next.toInstant());
        next = expression.getNextValidTimeAfter(next);
      }
    } catch (ParseException e) {
      // Told where the trigger is checked.
      moments.clear();
    }
    return moments;
  }

  private static List<Instant> secondsApart() {
    Instant now = Instant.now();
    return List.of(now, now.plus(Duration.ofSeconds(1)));
  }

  private static ZoneId zone(String name) {
    try {
      return name == null || name.isBlank() ? ZoneOffset.UTC : ZoneId.of(name, ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      // Told where the trigger is checked.
      return ZoneOffset.UTC;
    }
  }

  private static String resolved(CamelContext context, Object value) {
    try {
      return value == null ? null : context.resolvePropertyPlaceholders(value.toString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
