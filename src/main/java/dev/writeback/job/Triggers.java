package dev.writeback.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** What fires a job by the clock, wherever it stands. */
final class Triggers {

  private Triggers() {}

  /**
   * The job's own trigger and its schedules, in the order of the files; also those that a {@link
   * JobSelection} has set aside.
   */
  static List<Trigger> of(CamelContext context, RouteDefinition job) {
    List<Trigger> triggers = new ArrayList<>();
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    RouteText called = RouteText.of(job);
    for (RouteDefinition route : model.getRouteDefinitions()) {
      Trigger.of(RouteText.of(route))
          .filter(trigger -> route == job || trigger.calls(called))
          .ifPresent(triggers::add);
    }
    JobSelection.of(context).ifPresent(selection -> triggers.addAll(selection.triggers(called)));
    return triggers;
  }
}
