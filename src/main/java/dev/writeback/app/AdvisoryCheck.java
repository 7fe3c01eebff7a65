package dev.writeback.app;

import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Tells what somebody has to mend, and holds nothing up: asked whether the program is ready, it
 * says what is wrong and is up all the same. What mends it is a change of a file, which a
 * deployment must be able to bring. To be registered with Camel's HealthCheckRegistry.
 */
abstract class AdvisoryCheck extends AbstractHealthCheck {

  static final String GROUP = "writeback";

  /**
   * @param name by which it is listed
   */
  AdvisoryCheck(String name) {
    super(GROUP, name);
  }

  /** A clause for each thing that is wrong, for everybody to read. Thread-safe. */
  abstract List<String> problems();

  @Override
  protected final void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    List<String> problems = problems();
    boolean forReadiness = options.get(CHECK_KIND) == Kind.READINESS;
    builder.state(problems.isEmpty() || forReadiness ? State.UP : State.DOWN);
    if (!problems.isEmpty()) {
      builder.message(String.join("; ", problems));
    }
  }
}
