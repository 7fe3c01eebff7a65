package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.quartz.CronExpression;

/**
 * What a job's route must say besides its Kamelet, since Camel's defaults are wrong for it: who
 * retries, that a run does not overtake the one before, and in whose zone a cron is meant.
 */
final class TriggerRules {

  private static final String TIME_ZONE = "trigger.timeZone";

  private TriggerRules() {}

  /**
   * @param timeZone the zone that the job itself states for its dates, or null
   */
  static List<Problem> of(CamelContext context, RouteDefinition route, String timeZone) {
    List<Problem> problems = new ArrayList<>();
    String uri = route.getInput().getEndpointUri();
    String scheme = StringHelper.before(uri, ":", uri);
    boolean job = scheme.equals("quartz") || scheme.equals("direct");
    if (job && route.getRouteConfigurationId() == null && !route.isErrorHandlerFactorySet()) {
      problems.add(
          new Problem(
              "routeConfigurationId",
              "missing, so nothing is retried and nobody is told - add to the route the line"
                  + " 'routeConfigurationId: writeback'"));
    }
    if (job && route.getRouteConfigurationId() != null) {
      checkConfiguration(context, route.getRouteConfigurationId(), problems);
    }
    if (scheme.equals("quartz")) {
      checkQuartz(context, route.getRouteId(), uri, timeZone, problems);
    }
    return problems;
  }

  /** Camel takes an id that it does not know in silence: nothing would be retried. */
  private static void checkConfiguration(CamelContext context, String ids, List<Problem> problems) {
    List<String> known =
        context
            .getCamelContextExtension()
            .getContextPlugin(Model.class)
            .getRouteConfigurationDefinitions()
            .stream()
            .map(RouteConfigurationDefinition::getId)
            .toList();
    for (String id : ids.split(",")) {
      if (!id.contains("*") && !known.contains(id.trim())) {
        problems.add(
            new Problem(
                "routeConfigurationId",
                "no such route configuration - '"
                    + id
                    + "' - "
                    + NearestWord.to(id, known)
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("known are " + String.join(", ", known))));
      }
    }
  }

  private static void checkQuartz(
      CamelContext context, String job, String uri, String timeZone, List<Problem> problems) {
    String path = StringHelper.before(uri, "?", uri);
    String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("^quartz:", "");
    if (!name.equals(job)) {
      problems.add(
          new Problem(
              "uri",
              "the trigger's name is not the route's id - '"
                  + path
                  + "' - write 'uri: quartz:writeback/"
                  + job
                  + "'"));
    }
    Map<String, Object> parameters;
    try {
      parameters = URISupport.parseQuery(StringHelper.after(uri, "?", ""));
    } catch (URISyntaxException e) {
      problems.add(new Problem("uri", "cannot be read - " + e.getReason()));
      return;
    }
    if (!"true".equals(parameters.get("stateful"))) {
      problems.add(
          new Problem(
              "stateful",
              "missing, so a long run would be overtaken by the next - add to the parameters of"
                  + " quartz the line 'stateful: true'"));
    }
    if (!parameters.containsKey("cron") && !parameters.containsKey("trigger.repeatInterval")) {
      problems.add(
          new Problem(
              "cron",
              "missing, so the job would run every second - add to the parameters of quartz a line"
                  + " such as 'cron: \"0 0 6 * * ?\"', for every day at 6"));
    }
    checkCron(context, parameters, problems);
    checkOneZone(resolved(context, parameters.get(TIME_ZONE)), timeZone, problems);
    if (parameters.containsKey("cron") && !parameters.containsKey(TIME_ZONE)) {
      problems.add(
          new Problem(
              TIME_ZONE,
              "missing, so the cron would be read in the zone of this machine - add to the"
                  + " parameters of quartz a line such as 'trigger.timeZone: America/Denver'"));
    }
  }

  /** Java takes a zone that it does not know for GMT; Quartz says nothing of the file. */
  private static void checkCron(
      CamelContext context, Map<String, Object> parameters, List<Problem> problems) {
    String cron = resolved(context, parameters.get("cron"));
    String zone = resolved(context, parameters.get(TIME_ZONE));
    try {
      if (cron != null) {
        // Camel writes a blank in a URI as a plus, and takes it back before Quartz sees it.
        CronExpression.validateExpression(cron.replace('+', ' '));
      }
    } catch (ParseException e) {
      problems.add(
          new Problem(
              "cron",
              "cannot be read: "
                  + e.getMessage()
                  + " - '"
                  + cron
                  + "' - seconds, minutes, hours, day of the month, month, day of the week, such as"
                  + " '0 0 6 * * ?' for every day at 6"));
    }
    try {
      if (zone != null) {
        ZoneId.of(zone, ZoneId.SHORT_IDS);
      }
    } catch (DateTimeException e) {
      problems.add(
          new Problem(
              TIME_ZONE, "no such zone - '" + zone + "' - a name such as America/Denver or UTC"));
    }
  }

  private static void checkOneZone(String triggers, String jobs, List<Problem> problems) {
    if (triggers != null && jobs != null && !jobs.isBlank() && !jobs.equals(triggers)) {
      problems.add(
          new Problem(
              "timeZone",
              "not the trigger's zone - '"
                  + jobs
                  + "' - leave it out, the dates are those of trigger.timeZone, "
                  + triggers));
    }
  }

  /** Null where there is no value; or none yet, which Camel itself will say. */
  private static String resolved(CamelContext context, Object value) {
    try {
      return value == null ? null : context.resolvePropertyPlaceholders(value.toString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
