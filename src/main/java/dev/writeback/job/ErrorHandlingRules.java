package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** That somebody handles a job's errors, and reads what the job says of its repetition. */
final class ErrorHandlingRules {

  private static final String CONFIGURATION = "routeConfigurationId";

  private ErrorHandlingRules() {}

  /**
   * @param known the ids of all route configurations
   */
  static List<Problem> of(RouteText route, Collection<String> known) {
    List<Problem> problems = new ArrayList<>();
    String ids = route.configuration();
    if (isJobByClockOrCall(route) && ids == null && !route.ownErrorHandler()) {
      problems.add(
          new Problem(
              CONFIGURATION,
              "missing, so nothing is retried and nobody is told - add to the route the line"
                  + " 'routeConfigurationId: writeback'"));
    }
    if (isJobByClockOrCall(route) && ids != null) {
      checkConfiguration(ids, known, problems);
    }
    return problems;
  }

  /** What the job says of its repetition, where nobody reads it. */
  static List<Rule> all() {
    return RetryRules.OPTIONS.stream()
        .map(
            option ->
                Rule.of(
                    step ->
                        step.route().configuration() == null
                                && step.route().ownErrorHandler()
                                && step.has(option)
                            ? Optional.of(unread(option, step.get(option)))
                            : Optional.empty(),
                    option))
        .toList();
  }

  private static Problem unread(String option, String value) {
    return new Problem(
        option,
        "nobody reads it, the route has an error handler of its own - '"
            + value
            + "' - leave it out, or name 'routeConfigurationId: writeback' instead");
  }

  private static boolean isJobByClockOrCall(RouteText route) {
    return List.of("quartz", "direct").contains(route.from().scheme());
  }

  /** Camel takes an id that it does not know in silence: nothing would be retried. */
  private static void checkConfiguration(
      String ids, Collection<String> known, List<Problem> problems) {
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
