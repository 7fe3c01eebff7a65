package dev.writeback.job;

import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * That a job of a job file which waits for a call waits for it by its own id, the name that all
 * else knows. What a host calls the routes that it writes is its own business.
 */
final class CallRules {

  private static final String CALLED = "direct";

  private CallRules() {}

  static Optional<Problem> of(CamelContext context, RouteText job) {
    String path = job.from().path();
    if (job.id().isEmpty()
        || !job.from().scheme().equals(CALLED)
        || resolved(context, path).equals(CALLED + ":" + job.id())) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            "uri",
            "the name by which the job is called is not the route's id - '"
                + path
                + "' - write 'uri: direct:"
                + job.id()
                + "'"));
  }

  private static String resolved(CamelContext context, String path) {
    try {
      return context.resolvePropertyPlaceholders(path);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }
}
