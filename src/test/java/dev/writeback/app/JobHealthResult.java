package dev.writeback.app;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** What a check says of a program's health, beyond whether it is ready. */
record JobHealthResult(boolean isUp, String message) {

  /**
   * @param name of the check, as it is told
   */
  static JobHealthResult of(CamelContext context, String name) {
    for (HealthCheck.Result result : HealthCheckHelper.invoke(context, "full")) {
      if (result.getCheck().getId().equals(name)) {
        return new JobHealthResult(
            result.getState() == HealthCheck.State.UP,
            String.valueOf(result.getMessage().orElse("")));
      }
    }
    throw new AssertionError("no check is called " + name);
  }
}
