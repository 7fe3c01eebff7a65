package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Takes one job out of all route files: its route loses its trigger and waits for a call instead,
 * its schedules and the other jobs are not loaded, nothing else is triggered. Routes that wait for
 * a call, such as one that alerts, stay.
 *
 * <p>A filter for {@link Model#setRouteFilter}; {@link #install} does all that is needed.
 */
public final class JobSelection implements Function<RouteDefinition, Boolean> {

  private static final String CALLED = "direct:";

  private final String job;
  private final SortedSet<String> others = new TreeSet<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private final List<RouteDefinition> setAside = new ArrayList<>();
  private RouteDefinition selected;

  /**
   * @param job the id of its route; whether there is one shows when the files have been read
   */
  public JobSelection(String job) {
    this.job = job;
  }

  /** The one of a context; empty where all its jobs are loaded. */
  static Optional<JobSelection> of(CamelContext context) {
    return Optional.ofNullable(
        context.getCamelContextExtension().getContextPlugin(JobSelection.class));
  }

  /** Before the files are read. */
  public void install(CamelContext context) {
    ExtendedCamelContext extension = context.getCamelContextExtension();
    extension.getContextPlugin(Model.class).setRouteFilter(this);
    extension.addContextPlugin(JobSelection.class, this);
  }

  @Override
  public Boolean apply(RouteDefinition route) {
    if (Boolean.TRUE.equals(route.isKamelet())) {
      return true;
    }
    Trigger.of(RouteText.of(route)).ifPresent(triggers::add);
    if (job.equals(route.getRouteId())) {
      selected = route;
      if (!isCalled(route)) {
        route.getInput().setUri(CALLED + job);
      }
      return true;
    }
    if (isJob(route)) {
      others.add(route.getRouteId());
      return false;
    }
    if (!isCalled(route)) {
      setAside.add(route);
      return false;
    }
    return true;
  }

  private static boolean isCalled(RouteDefinition route) {
    return route.getInput().getEndpointUri().startsWith(CALLED);
  }

  /** Whether a route is a job: one of its steps is a Kamelet. */
  public static boolean isJob(RouteDefinition route) {
    return !Boolean.TRUE.equals(route.isKamelet())
        && ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)
            .stream()
            .anyMatch(step -> KameletUse.is(step.getEndpointUri()));
  }

  /** What would fire the job by the clock. */
  List<Trigger> triggers(RouteText route) {
    return triggers.stream()
        .filter(trigger -> trigger.route().equals(route.id()) || trigger.calls(route))
        .toList();
  }

  /** The routes that are no job and wait for no call: the schedules of jobs are among them. */
  List<RouteDefinition> setAside() {
    return setAside;
  }

  /** What to call to run the job; empty if there is no such job. */
  public Optional<String> endpoint() {
    return Optional.ofNullable(selected).map(route -> route.getInput().getEndpointUri());
  }

  /** The zone of the job's schedules, or null. */
  public ZoneId triggerZone(CamelContext context) {
    return triggers(RouteText.of(selected)).stream()
        .map(trigger -> trigger.zone(context))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** In words for an operator: that there is no such job, and which there are. */
  public String unknown() {
    return unknown(job, others);
  }

  /** The same, where the jobs are known. */
  public static String unknown(String job, Collection<String> jobs) {
    String known =
        jobs.isEmpty() ? "no file has a job" : "jobs are " + String.join(", ", new TreeSet<>(jobs));
    return "no job is called '"
        + job
        + "' - "
        + NearestWord.to(job, jobs).map(name -> "did you mean '" + name + "'?").orElse(known);
  }
}
