package dev.writeback.job;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The routes of a running context, each with what it is made of: what is told here is there. Not
 * thread-safe.
 */
final class RunningRoutes {

  private final RouteLoading loading;
  private final TriggerHold hold;
  private final Map<String, MadeRoute> running = new TreeMap<>();

  /**
   * @param started what the context has been started with
   */
  RunningRoutes(
      RouteLoading loading, TriggerHold hold, RouteParts started, RouteSnapshot snapshot) {
    this.loading = loading;
    this.hold = hold;
    started.routes().forEach((id, parts) -> running.put(id, new MadeRoute(id, parts, snapshot)));
  }

  boolean has(String id) {
    return running.containsKey(id);
  }

  /** Null where there is none. */
  MadeRoute get(String id) {
    return running.get(id);
  }

  Collection<MadeRoute> all() {
    return running.values();
  }

  /** What each is made of, by their ids. */
  Map<String, Set<RoutePart>> parts() {
    return running.values().stream().collect(Collectors.toMap(MadeRoute::id, MadeRoute::parts));
  }

  /** Loads a route and starts it; where that fails, something of it may be there. */
  void load(MadeRoute route) throws Exception {
    Instant loaded = Instant.now();
    loading.bind(route.parts(), route.snapshot());
    hold.schedule(route.id(), loaded);
    running.put(route.id(), route);
  }

  /**
   * Takes a route out, also one that is there in part.
   *
   * @param next what comes in its place; empty if nothing does
   */
  void remove(String id, Set<RoutePart> next) throws Exception {
    MadeRoute route = running.get(id);
    if (route != null && !route.saysTheSameAs(next)) {
      hold.forget(id);
    }
    loading.remove(id);
    running.remove(id);
  }

  /** What these routes are made of may stand in other files now. */
  void stand(Map<String, Set<RoutePart>> wanted) {
    running.replaceAll(
        (id, route) ->
            route.parts().equals(wanted.get(id))
                ? new MadeRoute(id, wanted.get(id), route.snapshot())
                : route);
  }
}
