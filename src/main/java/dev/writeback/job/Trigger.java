package dev.writeback.job;

import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/**
 * What fires a job by the clock: the {@code quartz:} of its own route, or of a schedule route of
 * its own that calls the job.
 *
 * @param route the id of the route that it stands in
 * @param uri with its parameters, placeholders as they stand in the file
 * @param calls the endpoints that its route sends to, without parameters
 * @param location the file of the route, or null
 * @param routeLine where the route begins in it, or -1
 * @param line where the trigger begins in it, or -1
 */
record Trigger(
    String route, String uri, Set<String> calls, String location, int routeLine, int line) {

  static final String TIME_ZONE = "trigger.timeZone";
  static final String INTERVAL = "trigger.repeatInterval";
  static final String CRON = "cron";

  private static final String SCHEME = "quartz:";

  /** The trigger of a route; empty where the clock does not fire it. */
  static Optional<Trigger> of(RouteDefinition route) {
    String uri = route.getInput().getEndpointUri();
    if (!uri.startsWith(SCHEME)) {
      return Optional.empty();
    }
    Set<String> calls =
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)
            .stream()
            .map(step -> endpoint(step.getEndpointUri()))
            .collect(Collectors.toSet());
    return Optional.of(
        new Trigger(
            route.getRouteId(),
            uri,
            calls,
            route.getInput().getLocation(),
            route.getLineNumber(),
            route.getInput().getLineNumber()));
  }

  /** Whether it fires this job, which it does not stand in. */
  boolean calls(RouteDefinition job) {
    String called = endpoint(job.getInput().getEndpointUri());
    return called.startsWith("direct:") && calls.contains(called);
  }

  private static String endpoint(String uri) {
    return StringHelper.before(uri, "?", uri).replaceFirst("^(\\w+:)//", "$1");
  }

  /** {@code quartz:group/name}. */
  String path() {
    return StringHelper.before(uri, "?", uri);
  }

  /** The name by which Quartz knows it. */
  String name() {
    return path().substring(path().lastIndexOf('/') + 1).replaceFirst("^quartz:", "");
  }

  Map<String, Object> parameters() throws URISyntaxException {
    return URISupport.parseQuery(StringHelper.after(uri, "?", ""));
  }

  /** When it fires; null where it does not say, or nothing defines its placeholder. */
  String cron(CamelContext context) {
    String cron = parameter(context, CRON);
    // Camel writes a blank in a URI as a plus, and takes it back before Quartz sees it.
    return cron == null ? null : cron.replace('+', ' ');
  }

  /** Whether it fires again and again after the same time, not at times of the day. */
  boolean isInterval(CamelContext context) {
    return cron(context) == null && parameter(context, INTERVAL) != null;
  }

  /** The zone of its cron; null where it does not say, or there is no such zone. */
  ZoneId zone(CamelContext context) {
    String zone = parameter(context, TIME_ZONE);
    try {
      return zone == null ? null : ZoneId.of(zone, ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Null where there is no value; or none yet, which Camel itself will say. */
  String parameter(CamelContext context, String name) {
    try {
      Object value = parameters().get(name);
      return value == null ? null : context.resolvePropertyPlaceholders(value.toString());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }
}
