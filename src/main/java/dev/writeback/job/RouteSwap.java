package dev.writeback.job;

import dev.writeback.job.RoutePart.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the routes of a running context those that are wanted, each when it is idle. A route that
 * cannot be started is put back as it was. Not thread-safe.
 */
final class RouteSwap {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  /**
   * What a route is made of.
   *
   * @param files where its Kamelets were read
   */
  private record Loaded(Set<RoutePart> parts, RouteSnapshot files) {}

  private final CamelContext context;
  private final RouteLoading loading;
  private final TriggerHold hold;
  private final Map<String, Loaded> running = new TreeMap<>();
  private final Map<String, Set<RoutePart>> refused = new HashMap<>();
  private final Map<String, String> failed = new TreeMap<>();
  private final Set<String> waiting = new TreeSet<>();
  private RouteParts done;

  /**
   * @param started what the context has been started with
   */
  RouteSwap(CamelContext context, RouteParts started, RouteSnapshot files) {
    this.context = context;
    this.loading = new RouteLoading(context, started.all());
    this.hold = new TriggerHold(context);
    started.routes().forEach((id, parts) -> running.put(id, new Loaded(parts, files)));
  }

  /**
   * Makes all that routes are to be made of, but no route.
   *
   * @throws Exception what cannot be made; all is then as it was
   */
  void prepare(RouteParts wanted, RouteSnapshot files) throws Exception {
    RouteSnapshot before = SnapshotResources.in(context).snapshot();
    List<RoutePart> bound = loading.bound();
    try {
      loading.bind(wanted.withoutRoutes(), files);
    } catch (Exception e) {
      loading.bind(bound, before);
      throw e;
    }
  }

  /** Changes what is idle of what is not as it is wanted; to be called again until all is. */
  void to(RouteParts wanted, RouteSnapshot files) throws Exception {
    if (wanted == done) {
      return;
    }
    Map<String, Set<RoutePart>> routes = new TreeMap<>(wanted.routes());
    refused.entrySet().removeIf(entry -> !entry.getValue().equals(routes.get(entry.getKey())));
    failed.keySet().retainAll(refused.keySet());
    // What cannot be started is not tried again.
    refused.keySet().forEach(id -> put(routes, id, running.get(id)));
    Set<String> wait = new TreeSet<>();
    Set<String> held = new HashSet<>();
    for (RouteGroup group : RouteGroup.between(partsOfRunning(), routes)) {
      if (!swap(group, routes, files)) {
        group.changed().stream().filter(running::containsKey).forEach(wait::add);
        held.addAll(group.changed());
        held.addAll(group.callers());
      }
    }
    for (String id : wait) {
      if (waiting.add(id)) {
        LOG.info("{} is changed when its run has ended", name(id, running.get(id).parts()));
      }
    }
    waiting.retainAll(wait);
    hold.resumeAllBut(held);
    settle(wanted, files);
    done = held.isEmpty() ? wanted : null;
  }

  /** Names mean what is wanted; what is of use to nobody is ended. */
  private void settle(RouteParts wanted, RouteSnapshot files) throws Exception {
    loading.bind(wanted.withoutRoutes(), files);
    wanted
        .routes()
        .forEach(
            (id, parts) ->
                // They may stand in other files now.
                running.computeIfPresent(
                    id,
                    (route, loaded) ->
                        loaded.parts().equals(parts) ? new Loaded(parts, loaded.files()) : loaded));
    Set<RoutePart> needed = new HashSet<>(wanted.all());
    running.values().forEach(loaded -> needed.addAll(loaded.parts()));
    loading.retain(needed);
  }

  private static void put(Map<String, Set<RoutePart>> routes, String id, Loaded loaded) {
    if (loaded == null) {
      routes.remove(id);
    } else {
      routes.put(id, loaded.parts());
    }
  }

  private Map<String, Set<RoutePart>> partsOfRunning() {
    return running.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().parts()));
  }

  private boolean swap(RouteGroup group, Map<String, Set<RoutePart>> wanted, RouteSnapshot files)
      throws Exception {
    List<String> involved = new ArrayList<>(group.changed());
    involved.addAll(group.callers());
    involved.retainAll(running.keySet());
    for (String id : involved) {
      hold.hold(id);
    }
    return RouteGate.of(context)
        .whileClosed(
            () -> {
              for (String id : involved) {
                if (!isIdle(id)) {
                  return false;
                }
              }
              change(group.changed(), wanted, files);
              return true;
            });
  }

  private boolean isIdle(String id) throws SchedulerException {
    return context.getInflightRepository().size(id) == 0 && hold.isIdle(id);
  }

  private void change(List<String> ids, Map<String, Set<RoutePart>> wanted, RouteSnapshot files)
      throws Exception {
    Map<String, Loaded> before = new HashMap<>();
    remove(ids, wanted, before);
    Map<String, Instant> heldSince = new HashMap<>();
    ids.forEach(id -> heldSince.put(id, hold.changed(id)));
    try {
      for (String id : ids) {
        if (wanted.containsKey(id)) {
          load(id, new Loaded(wanted.get(id), files));
        }
      }
      ids.forEach(id -> tell(id, before.get(id), wanted.get(id)));
    } catch (Exception e) {
      remove(ids, wanted, new HashMap<>());
      ids.forEach(id -> refuse(id, wanted.get(id), reason(e)));
      for (String id : ids) {
        putBack(id, before.get(id));
      }
    }
    for (String id : ids) {
      if (heldSince.get(id) != null && running.containsKey(id)) {
        MissedRuns.makeUp(context, id, heldSince.get(id));
      }
    }
  }

  private void refuse(String id, Set<RoutePart> parts, String reason) {
    if (parts != null) {
      refused.put(id, parts);
      failed.put(id, reason);
      LOG.error(
          "{} cannot be started as its file says, and goes on as before: {}",
          name(id, parts),
          reason);
    }
  }

  private void putBack(String id, Loaded before) {
    try {
      if (before != null) {
        load(id, before);
      }
    } catch (Exception e) {
      failed.put(id, reason(e));
      LOG.error("{} cannot be put back: {}", name(id, before.parts()), reason(e));
    }
  }

  /** Those that call others go first. */
  private void remove(
      List<String> ids, Map<String, Set<RoutePart>> wanted, Map<String, Loaded> removed)
      throws Exception {
    List<String> callersFirst = new ArrayList<>(ids);
    Collections.reverse(callersFirst);
    for (String id : callersFirst) {
      Loaded loaded = running.remove(id);
      if (loaded != null) {
        removed.put(id, loaded);
        if (!own(id, loaded.parts()).equals(own(id, wanted.getOrDefault(id, Set.of())))) {
          hold.forget(id);
        }
      }
      loading.remove(id);
    }
  }

  private static List<RoutePart> own(String id, Set<RoutePart> parts) {
    return parts.stream()
        .filter(part -> part.kind() == Kind.ROUTE && part.name().equals(id))
        .toList();
  }

  private void load(String id, Loaded loaded) throws Exception {
    loading.bind(loaded.parts(), loaded.files());
    running.put(id, loaded);
  }

  private static void tell(String id, Loaded before, Set<RoutePart> after) {
    if (after == null) {
      LOG.info("{} is gone, its file no longer has it", name(id, before.parts()));
    } else if (before == null) {
      LOG.info("{} is new: {}", name(id, after), own(id, after).get(0).file());
    } else {
      LOG.info("{} is changed: {}", name(id, after), own(id, after).get(0).file());
    }
  }

  private static String name(String id, Set<RoutePart> parts) {
    return (own(id, parts).stream().anyMatch(route -> route.yaml().contains("kamelet:"))
            ? "job "
            : "route ")
        + id;
  }

  static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Where that stands of which each route is made. */
  Map<String, Set<Path>> files() {
    Map<String, Set<Path>> files = new TreeMap<>();
    running.forEach(
        (id, loaded) ->
            files.put(
                id, loaded.parts().stream().map(RoutePart::file).collect(Collectors.toSet())));
    return files;
  }

  /** Why routes could not be changed, by their ids. */
  Map<String, String> failed() {
    return Map.copyOf(failed);
  }

  /** The routes that are changed when they are idle. */
  Set<String> waiting() {
    return Set.copyOf(waiting);
  }
}
