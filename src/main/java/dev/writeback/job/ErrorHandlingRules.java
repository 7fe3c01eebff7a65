package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/** That somebody handles a job's errors, and reads what the job says of its repetition. */
final class ErrorHandlingRules {

  private static final String CONFIGURATION = "routeConfigurationId";

  private ErrorHandlingRules() {}

  static List<Problem> of(
      CamelContext context, RouteDefinition route, Map<String, String> parameters) {
    List<Problem> problems = new ArrayList<>();
    String ids = route.getRouteConfigurationId();
    boolean ownHandler = route.isErrorHandlerFactorySet();
    if (isJobByClockOrCall(route) && ids == null && !ownHandler) {
      problems.add(
          new Problem(
              CONFIGURATION,
              "missing, so nothing is retried and nobody is told - add to the route the line"
                  + " 'routeConfigurationId: writeback'"));
    }
    if (isJobByClockOrCall(route) && ids != null) {
      checkConfiguration(context, ids, problems);
    }
    for (String option : RetryRules.OPTIONS) {
      if (ids == null && ownHandler && parameters.containsKey(option)) {
        problems.add(
            new Problem(
                option,
                "nobody reads it, the route has an error handler of its own - '"
                    + parameters.get(option)
                    + "' - leave it out, or name 'routeConfigurationId: writeback' instead"));
      }
    }
    return problems;
  }

  private static boolean isJobByClockOrCall(RouteDefinition route) {
    return route.getInput().getEndpointUri().matches("(quartz|direct):.*");
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
                CONFIGURATION,
                "no such route configuration - '"
                    + id
                    + "' - "
                    + NearestWord.to(id, known)
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("known are " + String.join(", ", known))));
      }
    }
  }
}
