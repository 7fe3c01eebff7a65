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
    for (RouteDefinition route : model.getRouteDefinitions()) {
      Trigger.of(route)
          .filter(trigger -> route == job || trigger.calls(job))
          .ifPresent(triggers::add);
    }
    JobSelection selection =
        context.getCamelContextExtension().getContextPlugin(JobSelection.class);
    if (selection != null) {
      triggers.addAll(selection.setAside(job));
    }
    return triggers;
  }
}
