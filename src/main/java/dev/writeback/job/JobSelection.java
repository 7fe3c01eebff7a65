package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/**
 * Takes one job out of all route files: its route loses its trigger and waits for a call instead,
 * no other job is loaded, nothing else is triggered. Routes that wait for a call, such as one that
 * alerts, stay.
 *
 * <p>A filter for {@link org.apache.camel.model.Model#setRouteFilter}.
 */
public final class JobSelection implements Function<RouteDefinition, Boolean> {

  private static final String CALLED = "direct:";

  private final String job;
  private final SortedSet<String> others = new TreeSet<>();
  private String endpoint;
  private ZoneId triggerZone;

  public JobSelection(String job) {
    this.job = job;
  }

  @Override
  public Boolean apply(RouteDefinition route) {
    if (Boolean.TRUE.equals(route.isKamelet())) {
      return true;
    }
    String from = route.getInput().getEndpointUri();
    if (job.equals(route.getRouteId())) {
      endpoint = from;
      if (!from.startsWith(CALLED)) {
        triggerZone = zone(from);
        endpoint = CALLED + job;
        route.getInput().setUri(endpoint);
      }
      return true;
    }
    if (isJob(route)) {
      others.add(route.getRouteId());
      return false;
    }
    return from.startsWith(CALLED);
  }

  /** Whether a route is a job: one of its steps is a Kamelet. */
  public static boolean isJob(RouteDefinition route) {
    return !Boolean.TRUE.equals(route.isKamelet())
        && ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)
            .stream()
            .anyMatch(step -> KameletUse.is(step.getEndpointUri()));
  }

  private static ZoneId zone(String uri) {
    try {
      Object zone = URISupport.parseQuery(StringHelper.after(uri, "?", "")).get("trigger.timeZone");
      return zone == null ? null : ZoneId.of(zone.toString());
    } catch (URISyntaxException | DateTimeException e) {
      return null;
    }
  }

  /** What to call to run the job; empty if there is no such job. */
  public Optional<String> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /** The zone of the trigger that the job's route had, or null. */
  public ZoneId triggerZone() {
    return triggerZone;
  }

  /** In words for an operator: that there is no such job, and which there are. */
  public String unknown() {
    String known = others.isEmpty() ? "no file has a job" : "jobs are " + String.join(", ", others);
    return "no job is called '"
        + job
        + "' - "
        + NearestWord.to(job, others).map(name -> "did you mean '" + name + "'?").orElse(known);
  }
}
