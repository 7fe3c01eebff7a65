package dev.writeback.job;

import dev.writeback.run.Checked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every job before the first route is made, and says all that is wrong in one message: each
 * mistake with its place, if it is in a file, and its option. Nothing is contacted.
 *
 * <p>Only routes that use a strict Kamelet are looked at; a host's others are none of its business.
 */
final class JobsCheck extends LifecycleStrategySupport {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  @Override
  public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    RouteFiles files = new RouteFiles(context);
    List<RouteText> loaded = model.getRouteDefinitions().stream().map(files::text).toList();
    Optional<JobSelection> selection = JobSelection.of(context);
    List<RouteText> routes =
        Stream.concat(
                loaded.stream(),
                selection.stream().flatMap(job -> job.setAside().stream()).map(files::text))
            .toList();
    List<String> configurations =
        model.getRouteConfigurationDefinitions().stream()
            .map(RouteConfigurationDefinition::getId)
            .toList();
    JobCheck check = new JobCheck(context, routes, configurations);
    List<String> told = new ArrayList<>();
    if (loaded.stream().anyMatch(check::isJob)) {
      told.addAll(beans(context));
    }
    for (RouteText route : loaded) {
      check.of(route).forEach(mistake -> told.add(mistake.toString()));
    }
    check.warnings().forEach(warning -> LOG.warn("job {}: {}", warning.route(), warning.problem()));
    if (!told.isEmpty()) {
      ConfigurationException wrong = new ConfigurationException(told);
      throw new VetoCamelContextStartException(wrong.getMessage(), wrong, context, true);
    }
  }

  private static List<String> beans(CamelContext context) {
    List<String> problems = new ArrayList<>();
    context
        .getRegistry()
        .findByTypeWithName(Checked.class)
        .forEach(
            (name, bean) ->
                bean.problems().forEach(problem -> problems.add("bean " + name + ": " + problem)));
    return problems;
  }
}
