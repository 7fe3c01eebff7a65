package dev.writeback.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.quartz.SchedulerException;

/**
 * Makes the routes of a running context those that are wanted, each when it is idle. A route that
 * cannot be started is put back as it was. Not thread-safe.
 */
final class RouteSwap {

  /** What has become of a group. */
  private enum Step {
    /** It is as it is wanted, or goes on as it was. */
    DONE,
    /** It is changed when it is idle. */
    WAITS,
    /** Something of it is missing, so that nothing is to call it. */
    OUT
  }

  private final CamelContext context;
  private final RouteLoading loading;
  private final TriggerHold hold;
  private final RunningRoutes running;
  private final OwedSlots slots;
  private final Refusals refusals = new Refusals();
  private final GroupSwap groups;
  private final Set<String> waiting = new TreeSet<>();
  private final Set<String> held = new HashSet<>();
  private RouteParts done;

  /**
   * @param started what the context has been started with
   * @param pause between two trials to put back what could not be
   */
  RouteSwap(CamelContext context, RouteParts started, RouteSnapshot snapshot, Duration pause) {
    this.context = context;
    this.loading = new RouteLoading(context, started.all());
    this.hold = new TriggerHold(context);
    this.running = new RunningRoutes(loading, hold, started, snapshot);
    this.slots = new OwedSlots(context);
    this.groups = new GroupSwap(context, pause, running, hold, slots, refusals);
  }

  /**
   * Makes all that routes are to be made of, but no route.
   *
   * @throws Exception what cannot be made; all is then as it was
   */
  void prepare(RouteParts wanted, RouteSnapshot snapshot) throws Exception {
    RouteSnapshot before = SnapshotResources.in(context).snapshot();
    List<RoutePart> bound = loading.bound();
    // What is made in vain is ended.
    done = null;
    try {
      loading.bind(wanted.withoutRoutes(), snapshot);
    } catch (Exception | Error e) {
      try {
        loading.bind(bound, before);
      } catch (Exception | Error second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /**
   * Changes what is idle of what is not as it is wanted; to be called again until all is, and for
   * slots that could not be made up for.
   */
  void to(RouteParts wanted, RouteSnapshot snapshot) throws Exception {
    try {
      if (wanted != done) {
        bring(wanted, snapshot);
      }
    } finally {
      slots.makeUp(id -> running.has(id) && !held.contains(id));
    }
  }

  private void bring(RouteParts wanted, RouteSnapshot snapshot) throws Exception {
    done = null;
    held.clear();
    try {
      changeAll(wanted.routes(), snapshot);
    } finally {
      try {
        hold.resumeAllBut(held);
      } finally {
        settle(wanted, snapshot);
      }
    }
    done = held.isEmpty() ? wanted : null;
  }

  /** What fails in one group holds up no other. */
  private void changeAll(Map<String, Set<RoutePart>> wanted, RouteSnapshot snapshot) {
    List<RouteGroup> differing = RouteGroup.between(running.parts(), wanted);
    refusals.retain(differing, wanted);
    groups.retain(wanted.keySet());
    Set<String> wait = new TreeSet<>();
    Throwable failure = null;
    for (RouteGroup group : differing) {
      try {
        Step step = swap(group, wanted, snapshot);
        if (step != Step.DONE) {
          held.addAll(group.changed());
          held.addAll(group.callers());
        }
        if (step == Step.WAITS) {
          group.changed().stream().filter(running::has).forEach(wait::add);
        }
      } catch (Exception | Error e) {
        failure = failure == null ? e : failure;
      }
    }
    wait.stream().filter(waiting::add).map(running::get).forEach(RouteNews::waits);
    waiting.retainAll(wait);
    slots.retain(id -> wanted.containsKey(id) || running.has(id));
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  /** Names mean what is wanted; what is of use to nobody is ended. */
  private void settle(RouteParts wanted, RouteSnapshot snapshot) throws Exception {
    loading.bind(wanted.withoutRoutes(), snapshot);
    running.stand(wanted.routes());
    Set<RoutePart> needed = new HashSet<>(wanted.all());
    running.all().forEach(route -> needed.addAll(route.parts()));
    groups.out().forEach(route -> needed.addAll(route.parts()));
    loading.retain(needed);
  }

  private Step swap(RouteGroup group, Map<String, Set<RoutePart>> wanted, RouteSnapshot snapshot)
      throws Exception {
    boolean refused = refusals.has(group, wanted);
    if (refused && groups.out(group).isEmpty()) {
      return Step.DONE;
    }
    hold(group);
    boolean idle =
        RouteGate.of(context)
            .whileClosed(
                () -> {
                  if (refused) {
                    groups.putBack(group);
                    return true;
                  }
                  if (!isIdle(group)) {
                    return false;
                  }
                  groups.change(group, wanted, snapshot);
                  return true;
                });
    if (!idle) {
      return Step.WAITS;
    }
    if (groups.out(group).isEmpty()) {
      return Step.DONE;
    }
    hold(group);
    return Step.OUT;
  }

  /** What there is of a group and its callers. */
  private List<String> involved(RouteGroup group) {
    return Stream.concat(group.changed().stream(), group.callers().stream())
        .filter(running::has)
        .toList();
  }

  private void hold(RouteGroup group) throws Exception {
    for (String id : involved(group)) {
      hold.hold(id);
    }
  }

  private boolean isIdle(RouteGroup group) throws SchedulerException {
    for (String id : involved(group)) {
      if (context.getInflightRepository().size(id) > 0 || !hold.isIdle(id)) {
        return false;
      }
    }
    return true;
  }

  /** Where that stands of which each route is made. */
  Map<String, Set<Path>> files() {
    return running.all().stream().collect(Collectors.toMap(MadeRoute::id, MadeRoute::files));
  }

  /** Why routes could not be changed, by their ids; a job is told of its schedules, too. */
  Map<String, String> failed() {
    Map<String, RouteFailure> failures = new TreeMap<>();
    refusals.failures().forEach(failure -> failures.put(failure.route().id(), failure));
    // What does not run at all counts more.
    groups.failures().forEach(failure -> failures.put(failure.route().id(), failure));
    Map<String, String> failed = new TreeMap<>();
    failures.forEach((id, failure) -> failed.put(id, failure.reason()));
    for (RouteFailure failure : failures.values()) {
      running.all().stream()
          .filter(failure::concerns)
          .forEach(job -> failed.putIfAbsent(job.id(), failure.ofSchedule()));
    }
    return failed;
  }

  /** The jobs that could not be put back either, and do not run. */
  Set<String> out() {
    return groups.out().stream()
        .filter(MadeRoute::isJob)
        .map(MadeRoute::id)
        .collect(Collectors.toSet());
  }

  /** The routes that are changed when they are idle. */
  Set<String> waiting() {
    return Set.copyOf(waiting);
  }
}
