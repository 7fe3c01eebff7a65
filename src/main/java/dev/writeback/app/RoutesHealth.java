package dev.writeback.app;

import dev.writeback.job.ReloadState;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether the files in routes/ are what runs. As a job that fails, files that are wrong hold
 * nothing up where the program is asked whether it is ready: a change mends them.
 */
final class RoutesHealth extends AbstractHealthCheck {

  RoutesHealth() {
    super("writeback", "routes");
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    List<String> problems = ReloadState.of(getCamelContext()).problems();
    boolean forReadiness = options.get(CHECK_KIND) == Kind.READINESS;
    builder.state(problems.isEmpty() || forReadiness ? State.UP : State.DOWN);
    if (!problems.isEmpty()) {
      builder.message(String.join("; ", problems));
    }
  }
}
