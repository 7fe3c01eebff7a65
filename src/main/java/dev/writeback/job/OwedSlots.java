package dev.writeback.job;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The times in which changed routes were kept from firing, each until what fell into it has been
 * made up for. Not thread-safe.
 */
final class OwedSlots {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  private final CamelContext context;
  private final Map<String, Instant> since = new LinkedHashMap<>();
  private String told = "";

  OwedSlots(CamelContext context) {
    this.context = context;
  }

  /**
   * @param route that has been changed, or is to be put back
   * @param start of the time in which it was kept from firing
   */
  void owe(String route, Instant start) {
    since.merge(route, start, (one, other) -> one.isBefore(other) ? one : other);
  }

  /** Forgets the routes that are none of these. */
  void retain(Predicate<String> routes) {
    since.keySet().removeIf(routes.negate());
  }

  /**
   * Makes up for what fell into the time of each route; what that needs may be out of reach: then
   * it is to be called again.
   *
   * @param ready the routes that would run now
   */
  void makeUp(Predicate<String> ready) {
    for (String route : List.copyOf(since.keySet())) {
      if (ready.test(route)) {
        try {
          MissedRuns.makeUp(context, route, since.get(route));
          since.remove(route);
        } catch (Exception | Error e) {
          tell(route, RouteNews.reason(e));
          // The others are asked for first next time, and this one does not hold them up now.
          since.put(route, since.remove(route));
          return;
        }
      }
    }
    told = "";
  }

  /** Once, however often it is tried again. */
  private void tell(String route, String reason) {
    if (!told.equals(reason)) {
      told = reason;
      LOG.warn(
          "route {}: whether it missed a slot while it was changed is not known yet, and is asked"
              + " again: {}",
          route,
          reason);
    }
  }
}
