package dev.writeback.job;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;

/**
 * Keeps Quartz from firing routes that are about to be changed, and remembers since when: what
 * falls into that time is made up for. A store that several processes share is left alone. Not
 * thread-safe.
 */
final class TriggerHold {

  /** Quartz fires by full seconds, so that a new trigger might fire once more for the last one. */
  private static final Duration SAME_SLOT = Duration.ofSeconds(1);

  private final CamelContext context;
  private final Map<String, Instant> held = new HashMap<>();

  TriggerHold(CamelContext context) {
    this.context = context;
  }

  /** Quartz does not fire a route from now on; does nothing for one that it never fires. */
  void hold(String route) throws Exception {
    Optional<QuartzEndpoint> endpoint = endpoint(route);
    if (endpoint.isPresent() && !held.containsKey(route) && !isShared()) {
      // It is resumed, whatever happens from here on.
      held.put(route, Instant.now());
      endpoint.get().pauseTrigger();
      Instant now = Instant.now();
      held.put(route, pending(endpoint.get()).filter(now::isAfter).orElse(now));
    }
  }

  /**
   * Sees to it that Quartz fires a route that has been loaded, and from then on. Where a route
   * could not be started, Quartz may have fired it all the same, and Camel made a second endpoint
   * for that: one that thinks it is scheduled when the first one has taken the trigger with it, or
   * one whose trigger fires while there is no route.
   *
   * @param loaded when the loading began
   */
  void schedule(String route, Instant loaded) throws Exception {
    Optional<QuartzEndpoint> endpoint = endpoint(route);
    if (endpoint.isEmpty()) {
      return;
    }
    Trigger trigger = scheduler().getTrigger(endpoint.get().getTriggerKey());
    Instant first = loaded.plusMillis(endpoint.get().getTriggerStartDelay());
    boolean older = trigger != null && isOlder(trigger, first) && !isShared();
    if (older) {
      scheduler().unscheduleJob(trigger.getKey());
    }
    if (trigger == null || older) {
      endpoint.get().stop();
      endpoint.get().start();
    }
  }

  /** Quartz cuts off the milliseconds of the time from which a trigger fires. */
  private static boolean isOlder(Trigger trigger, Instant time) {
    return trigger.getStartTime().toInstant().isBefore(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The time that Quartz would have fired next: it has passed where the last run took longer. */
  private Optional<Instant> pending(QuartzEndpoint endpoint) throws SchedulerException {
    return Optional.ofNullable(scheduler().getTrigger(endpoint.getTriggerKey()))
        .map(Trigger::getNextFireTime)
        .map(Date::toInstant)
        .map(next -> next.minusMillis(1));
  }

  /** Whether Quartz has nothing under way for a route, and will not begin anything. */
  boolean isIdle(String route) throws SchedulerException {
    Optional<QuartzEndpoint> endpoint = endpoint(route);
    if (endpoint.isEmpty()) {
      return true;
    }
    JobKey job =
        JobKey.jobKey(
            endpoint.get().getTriggerKey().getName(), endpoint.get().getTriggerKey().getGroup());
    for (JobExecutionContext running : scheduler().getCurrentlyExecutingJobs()) {
      if (running.getJobDetail().getKey().equals(job)) {
        return false;
      }
    }
    return isShared()
        || scheduler().getTriggersOfJob(job).stream()
            .allMatch(
                trigger ->
                    trigger.getKey().equals(endpoint.get().getTriggerKey())
                        && isOver(trigger.getPreviousFireTime()));
  }

  private static boolean isOver(Date fired) {
    return fired == null || fired.toInstant().plus(SAME_SLOT).isBefore(Instant.now());
  }

  /** Lets Quartz fire again what is held and none of these; what it has missed it makes up for. */
  void resumeAllBut(Set<String> routes) throws Exception {
    Exception failure = null;
    for (String route : Set.copyOf(held.keySet())) {
      try {
        if (!routes.contains(route)) {
          resume(route);
        }
      } catch (Exception e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void resume(String route) throws Exception {
    Optional<QuartzEndpoint> endpoint = endpoint(route);
    if (endpoint.isPresent()) {
      endpoint.get().resumeTrigger();
    }
    held.remove(route);
  }

  /**
   * A route has been changed, or is gone.
   *
   * @return since when it was held; null where it was not
   */
  Instant changed(String route) {
    return held.remove(route);
  }

  /** Takes what fires a route out of a store that outlives the process: Camel leaves it there. */
  void forget(String route) throws SchedulerException {
    Optional<QuartzEndpoint> endpoint = endpoint(route);
    if (endpoint.isPresent() && isShared()) {
      scheduler().unscheduleJob(endpoint.get().getTriggerKey());
    }
  }

  private Optional<QuartzEndpoint> endpoint(String route) {
    Route loaded = context.getRoute(route);
    return loaded != null && loaded.getEndpoint() instanceof QuartzEndpoint quartz
        ? Optional.of(quartz)
        : Optional.empty();
  }

  private boolean isShared() throws SchedulerException {
    return scheduler().getMetaData().isJobStoreSupportsPersistence();
  }

  private Scheduler scheduler() {
    return context.getComponent("quartz", QuartzComponent.class).getScheduler();
  }
}
