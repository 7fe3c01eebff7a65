package dev.writeback.job;

import dev.writeback.ledger.LedgerComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the routes of a group together, or puts each back as it was, whatever keeps one of them
 * from being changed. One that cannot even be put back is out, until it can. Not thread-safe.
 */
final class GroupSwap {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  private static final String OUT =
      "does not run, since it could not be put back after an edit; it is tried again: ";

  /**
   * @param reason why it could not be put back
   * @param again when to try it again, by {@link System#nanoTime}
   */
  private record Out(MadeRoute route, String reason, long again) {}

  private final CamelContext context;
  private final Duration pause;
  private final RunningRoutes running;
  private final TriggerHold hold;
  private final OwedSlots slots;
  private final Refusals refusals;
  private final Map<String, Out> out = new TreeMap<>();

  /**
   * @param pause between two trials to put back what is out
   */
  GroupSwap(
      CamelContext context,
      Duration pause,
      RunningRoutes running,
      TriggerHold hold,
      OwedSlots slots,
      Refusals refusals) {
    this.context = context;
    this.pause = pause;
    this.running = running;
    this.hold = hold;
    this.slots = slots;
    this.refusals = refusals;
  }

  /**
   * Makes a group what is wanted; where that fails, it is refused.
   *
   * @param group that is idle
   */
  void change(RouteGroup group, Map<String, Set<RoutePart>> wanted, RouteSnapshot snapshot) {
    List<String> ids = group.changed();
    Map<String, MadeRoute> before = before(ids);
    Map<String, MadeRoute> after = new HashMap<>();
    ids.stream()
        .filter(wanted::containsKey)
        .forEach(id -> after.put(id, new MadeRoute(id, wanted.get(id), snapshot)));
    try {
      for (String id : callersFirst(ids)) {
        running.remove(id, wanted.getOrDefault(id, Set.of()));
      }
      for (String id : ids) {
        if (after.containsKey(id)) {
          running.load(after.get(id));
        }
      }
      out.keySet().removeAll(ids);
      for (String id : ids) {
        RouteNews.changed(before.get(id), after.get(id));
        if (!after.containsKey(id)) {
          forget(id);
        }
      }
    } catch (Exception | Error e) {
      String reason = RouteNews.reason(e);
      refusals.add(
          group,
          wanted,
          ids.stream()
              .map(id -> after.getOrDefault(id, before.get(id)))
              .map(route -> new RouteFailure(route, reason))
              .toList());
      ids.forEach(id -> RouteNews.refused(before.get(id), after.get(id), reason));
      putBack(ids, before);
    } finally {
      owe(ids, before);
    }
  }

  /** What a group was when it was last there. */
  private Map<String, MadeRoute> before(List<String> ids) {
    Map<String, MadeRoute> before = new HashMap<>();
    for (String id : ids) {
      if (running.has(id)) {
        before.put(id, running.get(id));
      } else if (out.containsKey(id)) {
        before.put(id, out.get(id).route());
      }
    }
    return before;
  }

  private static List<String> callersFirst(List<String> ids) {
    List<String> callersFirst = new ArrayList<>(ids);
    Collections.reverse(callersFirst);
    return callersFirst;
  }

  private void putBack(List<String> ids, Map<String, MadeRoute> before) {
    for (String id : callersFirst(ids)) {
      clear(id, before.get(id));
    }
    ids.stream().filter(before::containsKey).map(before::get).forEach(this::putBack);
  }

  private boolean putBack(MadeRoute route) {
    try {
      running.load(route);
      out.remove(route.id());
      return true;
    } catch (Exception | Error e) {
      String reason = RouteNews.reason(e);
      Out last = out.put(route.id(), new Out(route, reason, System.nanoTime() + pause.toNanos()));
      if (last == null || !last.reason().equals(reason)) {
        RouteNews.out(route, reason);
      }
      clear(route.id(), route);
      return false;
    }
  }

  /** Takes out what may be left of a route; where that fails, too, loading it replaces it. */
  private void clear(String id, MadeRoute next) {
    try {
      running.remove(id, next == null ? Set.of() : next.parts());
    } catch (Exception | Error e) {
      LOG.debug("{} could not be taken out", id, e);
    }
  }

  /** The routes of a group that are out. */
  List<String> out(RouteGroup group) {
    return group.changed().stream().filter(out::containsKey).toList();
  }

  /** Tries again to put back the routes of a group that are out, if it is time to. */
  void putBack(RouteGroup group) {
    for (String id : out(group)) {
      Out each = out.get(id);
      if (System.nanoTime() - each.again() >= 0 && putBack(each.route())) {
        RouteNews.putBack(each.route());
      }
    }
  }

  /** A slot of the time before the change is made up for by the schedules of after it. */
  private void owe(List<String> ids, Map<String, MadeRoute> before) {
    Instant first = null;
    for (String id : ids) {
      Instant since = hold.changed(id);
      if (since != null) {
        slots.owe(id, since);
        first = first == null || since.isBefore(first) ? since : first;
      }
    }
    for (String id : ids) {
      if (first != null && running.has(id) && !before.containsKey(id)) {
        slots.owe(id, first);
      }
    }
  }

  /** If one of its name comes again, it is another one. */
  private void forget(String job) {
    if (context.hasComponent("ledger") instanceof LedgerComponent ledger) {
      ledger.forget(job);
    }
  }

  /** Forgets those that are out and none of these. */
  void retain(Collection<String> routes) {
    out.keySet().retainAll(routes);
  }

  /** The routes that are out, as they were. */
  List<MadeRoute> out() {
    return out.values().stream().map(Out::route).toList();
  }

  /** Why they could not be put back. */
  List<RouteFailure> failures() {
    return out.values().stream()
        .map(each -> new RouteFailure(each.route(), OUT + each.reason()))
        .toList();
  }
}
