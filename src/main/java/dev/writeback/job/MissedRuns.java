package dev.writeback.job;

import dev.writeback.ledger.Ledger;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import dev.writeback.ledger.Schedule;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import dev.writeback.run.TimeText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At the start, makes up for what jobs have missed while nothing ran: the last slot that the ledger
 * knows of a job is held against its crons, and the latest slot since then runs once, in the place
 * of all that were missed. A job that never ran has missed nothing.
 *
 * <p>Quartz fires such a run, so that it takes its turn with the job's other runs. A Quartz store
 * that outlives the process makes up for misfires itself.
 */
final class MissedRuns extends LifecycleStrategySupport {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  private static final String MISSED = "missed";
  private static final String SKIP = "skip";

  /**
   * A slot that is made up for, and the route whose cron fires it.
   *
   * @param left whether a run has begun for it, and is to be finished
   */
  private record MissedSlot(String route, Instant slot, ZoneId zone, boolean left) {

    String inWords() {
      return left
          ? "left its run of slot " + time() + " unfinished: it is finished now"
          : "missed its slot " + time() + ": it runs now";
    }

    String time() {
      return TimeText.of(slot, zone);
    }
  }

  @Override
  public void onContextStarted(CamelContext context) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    for (RouteDefinition route : model.getRouteDefinitions()) {
      if (JobSelection.isJob(route) && makesUp(context, route)) {
        makeUp(context, route);
      }
    }
  }

  private static void makeUp(CamelContext context, RouteDefinition job) {
    try {
      Optional<MissedSlot> missed = latest(context, job);
      if (missed.isPresent()) {
        fire(context, job.getRouteId(), missed.get());
      }
    } catch (SchedulerException | RunException e) {
      LOG.error(
          "job {}: what it has missed while nothing ran cannot run, or is not known: {}",
          job.getRouteId(),
          e.getMessage());
    }
  }

  /**
   * Makes up for the latest slot of a route that fell into the time in which Quartz was kept from
   * firing it, if there is one.
   *
   * @param id of a route that has been loaded anew
   * @param since the end of the time before
   * @throws SchedulerException if it cannot be fired
   * @throws RunException if the ledger does not say whether it is missed
   */
  static void makeUp(CamelContext context, String id, Instant since) throws SchedulerException {
    Route loaded = context.getRoute(id);
    if (loaded == null || !(loaded.getEndpoint() instanceof QuartzEndpoint quartz)) {
      return;
    }
    Trigger begun =
        context
            .getComponent("quartz", QuartzComponent.class)
            .getScheduler()
            .getTrigger(quartz.getTriggerKey());
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    for (RouteDefinition job : model.getRouteDefinitions()) {
      if (begun != null && JobSelection.isJob(job)) {
        List<MissedSlot> all =
            Triggers.of(context, job).stream()
                .filter(trigger -> trigger.route().equals(id))
                .flatMap(trigger -> between(context, trigger, since, begun.getStartTime()).stream())
                .filter(missed -> isNew(context, job, missed))
                .toList();
        for (MissedSlot missed : all) {
          fire(context, job.getRouteId(), missed);
        }
      }
    }
  }

  private static Optional<MissedSlot> between(
      CamelContext context, dev.writeback.job.Trigger trigger, Instant since, Date start) {
    return trigger
        .schedule(context)
        .flatMap(
            schedule ->
                schedule
                    // Quartz itself fires from the second of its start on.
                    .next(start.toInstant().minusSeconds(1))
                    .flatMap(first -> schedule.latest(first.minusSeconds(1)))
                    .filter(since::isBefore))
        .map(slot -> new MissedSlot(trigger.route(), slot, trigger.zone(context), false));
  }

  private static boolean isNew(CamelContext context, RouteDefinition job, MissedSlot missed) {
    return context
        .getComponent("ledger", LedgerComponent.class)
        .getLedger()
        .lastSlot(job.getRouteId())
        .filter(last -> !last.isBefore(missed.slot()))
        .isEmpty();
  }

  private static boolean makesUp(CamelContext context, RouteDefinition job) {
    return ProcessorDefinitionHelper.filterTypeInOutputs(job.getOutputs(), ToDefinition.class)
        .stream()
        .map(ToDefinition::getEndpointUri)
        .filter(KameletUse::is)
        .map(uri -> KameletUse.of(context, uri))
        .anyMatch(use -> knowsMissed(context, use) && !SKIP.equals(use.parameters().get(MISSED)));
  }

  private static boolean knowsMissed(CamelContext context, KameletUse use) {
    String location = context.getComponent("kamelet", KameletComponent.class).getLocation();
    return KameletSchema.find(context, use.kamelet(), location)
        .filter(schema -> schema.options().containsKey(MISSED))
        .isPresent();
  }

  private static Optional<MissedSlot> latest(CamelContext context, RouteDefinition job) {
    List<dev.writeback.job.Trigger> triggers =
        Triggers.of(context, job).stream()
            .filter(trigger -> trigger.cron(context) != null && trigger.zone(context) != null)
            .toList();
    if (triggers.isEmpty()) {
      return Optional.empty();
    }
    Ledger ledger = context.getComponent("ledger", LedgerComponent.class).getLedger();
    Instant now = Instant.now();
    Optional<MissedSlot> left =
        ledger.openIntents(job.getRouteId()).stream()
            .filter(RunRecord::scheduled)
            .map(
                intent ->
                    new MissedSlot(
                        triggers.get(0).route(),
                        intent.slot(),
                        triggers.get(0).zone(context),
                        true))
            .reduce((earlier, later) -> later);
    return ledger
        .lastSlot(job.getRouteId())
        .flatMap(
            last ->
                triggers.stream()
                    .flatMap(trigger -> latest(context, trigger, now).stream())
                    .filter(missed -> missed.slot().isAfter(last))
                    .max(Comparator.comparing(MissedSlot::slot)))
        .or(() -> left);
  }

  private static Optional<MissedSlot> latest(
      CamelContext context, dev.writeback.job.Trigger trigger, Instant now) {
    ZoneId zone = trigger.zone(context);
    return new Schedule(trigger.cron(context), zone)
        .latest(now)
        .map(slot -> new MissedSlot(trigger.route(), slot, zone, false));
  }

  private static void fire(CamelContext context, String job, MissedSlot missed)
      throws SchedulerException {
    Route route = context.getRoute(missed.route());
    if (route == null || !(route.getEndpoint() instanceof QuartzEndpoint quartz)) {
      return;
    }
    try {
      Scheduler scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
      if (scheduler.getMetaData().isJobStoreSupportsPersistence()) {
        return;
      }
      String name = quartz.getTriggerKey().getName();
      String group = quartz.getTriggerKey().getGroup();
      Trigger once =
          TriggerBuilder.newTrigger()
              .withIdentity(name + " missed " + missed.slot(), group)
              .forJob(name, group)
              .usingJobData(RunRequest.SLOT, missed.slot().toString())
              .startNow()
              .build();
      LOG.info("job {} {}", job, missed.inWords());
      scheduler.scheduleJob(once);
    } catch (ObjectAlreadyExistsException e) {
      LOG.debug("job {}: somebody makes up for {} already", job, missed.slot());
    }
  }
}
