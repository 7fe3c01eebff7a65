package dev.writeback.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.model.RouteDefinition;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/**
 * The clock of a job that is loaded: its own trigger and its schedules.
 *
 * @param context a started one
 */
public record JobClock(CamelContext context, RouteDefinition job) {

  /** Whether anything fires the job by the clock. */
  public boolean isThere() {
    return !triggers().isEmpty();
  }

  /** The zone of the schedules, or null. */
  public ZoneId zone() {
    return triggers().stream()
        .map(trigger -> trigger.zone(context))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** When Quartz fires the job next; empty where it does not. */
  public Optional<Instant> next() {
    return triggers().stream()
        .flatMap(trigger -> next(trigger).stream())
        .min(Comparator.naturalOrder());
  }

  private List<Trigger> triggers() {
    return Triggers.of(context, job);
  }

  private Optional<Instant> next(Trigger trigger) {
    Route route = context.getRoute(trigger.route());
    if (route == null || !(route.getEndpoint() instanceof QuartzEndpoint quartz)) {
      return Optional.empty();
    }
    try {
      Scheduler scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
      return Optional.ofNullable(scheduler.getTrigger(quartz.getTriggerKey()))
          .map(org.quartz.Trigger::getNextFireTime)
          .map(Date::toInstant);
    } catch (SchedulerException e) {
      return Optional.empty();
    }
  }
}
