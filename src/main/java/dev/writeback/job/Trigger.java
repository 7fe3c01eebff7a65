package dev.writeback.job;

import dev.writeback.ledger.Schedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * What fires a job by the clock: the {@code quartz:} of its own route, or of a schedule route of
 * its own that calls the job.
 *
 * @param route the id of the route that it stands in
 * @param endpoint with its parameters, placeholders as they stand in the file
 * @param calls the endpoints that its route sends to, without parameters
 */
record Trigger(String route, EndpointText endpoint, Set<String> calls) {

  static final String TIME_ZONE = "trigger.timeZone";
  static final String INTERVAL = "trigger.repeatInterval";
  static final String CRON = "cron";

  private static final String SCHEME = "quartz";

  /** The trigger of a route; empty where the clock does not fire it. */
  static Optional<Trigger> of(RouteText route) {
    return route.from().scheme().equals(SCHEME)
        ? Optional.of(
            new Trigger(
                route.id(),
                route.from(),
                route.steps().stream().map(EndpointText::path).collect(Collectors.toSet())))
        : Optional.empty();
  }

  /** Whether it fires this job, which it does not stand in. */
  boolean calls(RouteText job) {
    String called = job.from().path();
    return called.startsWith("direct:") && calls.contains(called);
  }

  /** The name by which Quartz knows it. */
  String name() {
    String path = endpoint.path();
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("^quartz:", "");
  }

  boolean has(String parameter) {
    return endpoint.parameters().containsKey(parameter);
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

  /** Its fire times; empty where it has no cron and zone that can be read. */
  Optional<Schedule> schedule(CamelContext context) {
    String cron = cron(context);
    ZoneId zone = zone(context);
    try {
      return cron == null || zone == null
          ? Optional.empty()
          : Optional.of(new Schedule(cron, zone));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Null where there is no value, or nothing defines its placeholder. */
  String parameter(CamelContext context, String name) {
    String value = endpoint.parameters().get(name);
    try {
      return value == null ? null : context.resolvePropertyPlaceholders(value);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
