package dev.writeback.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * What is told of the program's health to whoever asks: the names of its checks, their states, and
 * of its own checks what is wrong. No error of a run, nor any text that others have written.
 */
final class HealthAnswer {

  private static final String FULL = "full";
  private static final String STATUS = "status";

  /** What is asked for. */
  enum Kind {
    ALL,
    LIVE,
    READY
  }

  private final boolean up;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  /**
   * @param begun whether the jobs have been started, and nobody stops them
   */
  HealthAnswer(CamelContext context, Kind kind, BooleanSupplier begun) {
    Collection<HealthCheck.Result> results =
        switch (kind) {
          case ALL -> HealthCheckHelper.invoke(context, FULL);
          case LIVE -> HealthCheckHelper.invokeLiveness(context, FULL);
          case READY -> HealthCheckHelper.invokeReadiness(context, FULL);
        };
    boolean waits = kind != Kind.LIVE && !begun.getAsBoolean();
    up = !waits && HealthCheckHelper.isResultsUp(results, kind == Kind.READY);
    json.put(STATUS, state(up));
    ArrayNode checks = json.putArray("checks");
    if (waits) {
      add(checks, "jobs", state(false)).put("message", "not started");
    }
    results.forEach(result -> add(checks, result));
  }

  private static void add(ArrayNode checks, HealthCheck.Result result) {
    HealthCheck check = result.getCheck();
    ObjectNode node = add(checks, check.getId(), result.getState().name());
    if (AdvisoryCheck.GROUP.equals(check.getGroup())) {
      result.getMessage().ifPresent(message -> node.put("message", message));
    }
  }

  private static ObjectNode add(ArrayNode checks, String name, String state) {
    return checks.addObject().put("name", name).put(STATUS, state);
  }

  private static String state(boolean up) {
    return (up ? HealthCheck.State.UP : HealthCheck.State.DOWN).name();
  }

  boolean isUp() {
    return up;
  }

  String json() {
    return json.toString();
  }
}
