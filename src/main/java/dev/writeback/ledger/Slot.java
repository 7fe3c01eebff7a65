package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.TimeZone;
import org.apache.camel.Exchange;
import org.apache.camel.component.quartz.QuartzConstants;
import org.quartz.CronTrigger;

/**
 * The moment that a run is for, and the zone in which its dates are told.
 *
 * @param moment the scheduled fire time, the slot that was asked for by hand, or else now
 * @param zone the job's {@code timeZone}, else the trigger's, else UTC
 * @param scheduled whether the moment is a time of the job's schedule
 */
record Slot(Instant moment, ZoneId zone, boolean scheduled) {

  /** Headers that camel-quartz sets on a message of its own. */
  private static final String SCHEDULED_FIRE_TIME = "scheduledFireTime";

  private static final String TRIGGER = "trigger";
  private static final String JOB_DATA = "mergedJobDataMap";

  static Slot of(Exchange exchange, String timeZone) {
    ZoneId zone = zone(exchange, timeZone);
    return new Slot(moment(exchange, zone), zone, scheduled(exchange));
  }

  private static ZoneId zone(Exchange exchange, String timeZone) {
    ZoneId triggers = triggerZone(exchange);
    if (timeZone == null) {
      return triggers == null ? ZoneOffset.UTC : triggers;
    }
    ZoneId stated;
    try {
      stated = ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "timeZone - no such zone - '" + timeZone + "' - a name such as America/Denver",
          e);
    }
    if (triggers != null && !triggers.equals(stated)) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "timeZone - '"
              + stated
              + "' is not the trigger's zone, '"
              + triggers
              + "' - state one zone, trigger.timeZone");
    }
    return stated;
  }

  private static ZoneId triggerZone(Exchange exchange) {
    ZoneId handedOn = exchange.getProperty(RunRequest.TRIGGER_ZONE, ZoneId.class);
    if (handedOn != null) {
      return handedOn;
    }
    Object trigger = exchange.getMessage().getHeader(TRIGGER);
    if (trigger instanceof CronTrigger cron) {
      return cron.getTimeZone().toZoneId();
    }
    String ofJob = jobData(exchange, QuartzConstants.QUARTZ_TRIGGER_CRON_TIMEZONE);
    return ofJob == null ? null : TimeZone.getTimeZone(ofJob).toZoneId();
  }

  /**
   * What Quartz keeps beside a job: a trigger that makes up for a missed run says its slot there.
   */
  private static String jobData(Exchange exchange, String name) {
    Map<?, ?> data = exchange.getMessage().getHeader(JOB_DATA, Map.class);
    Object value = data == null ? null : data.get(name);
    return value == null ? null : value.toString();
  }

  private static boolean scheduled(Exchange exchange) {
    return exchange.getProperty(RunRequest.SLOT) == null
        ? exchange.getMessage().getHeader(SCHEDULED_FIRE_TIME) != null
        : exchange.getProperty(RunRequest.SCHEDULED, false, boolean.class);
  }

  private static Instant moment(Exchange exchange, ZoneId zone) {
    Object asked = exchange.getProperty(RunRequest.SLOT);
    if (asked instanceof Instant instant) {
      return instant;
    }
    if (asked instanceof LocalDateTime local) {
      return local.atZone(zone).toInstant();
    }
    String missed = jobData(exchange, RunRequest.SLOT);
    if (missed != null) {
      return Instant.parse(missed);
    }
    Date scheduled = exchange.getMessage().getHeader(SCHEDULED_FIRE_TIME, Date.class);
    return scheduled == null ? Instant.now() : onSchedule(exchange, scheduled.toInstant());
  }

  /** Quartz calls the time at which it makes up for a misfire a scheduled one. */
  private static Instant onSchedule(Exchange exchange, Instant fired) {
    if (exchange.getMessage().getHeader(TRIGGER) instanceof CronTrigger cron) {
      return new Schedule(cron.getCronExpression(), cron.getTimeZone().toZoneId())
          .latest(fired)
          .orElse(fired);
    }
    return fired;
  }
}
