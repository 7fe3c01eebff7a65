package dev.writeback.job;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/**
 * What a job's route must say besides its Kamelet, since Camel's defaults are wrong for it: who
 * retries, that a run does not overtake the one before, and in whose zone a cron is meant.
 */
final class TriggerRules {

  private TriggerRules() {}

  static List<Problem> of(RouteDefinition route) {
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
    if (scheme.equals("quartz")) {
      checkQuartz(route.getRouteId(), uri, problems);
    }
    return problems;
  }

  private static void checkQuartz(String job, String uri, List<Problem> problems) {
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
    if (parameters.containsKey("cron") && !parameters.containsKey("trigger.timeZone")) {
      problems.add(
          new Problem(
              "trigger.timeZone",
              "missing, so the cron would be read in the zone of this machine - add to the"
                  + " parameters of quartz a line such as 'trigger.timeZone: America/Denver'"));
    }
  }
}
