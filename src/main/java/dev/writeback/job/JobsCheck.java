package dev.writeback.job;

import dev.writeback.run.Checked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Reads every job before the first route is made, and says all that is wrong in one message: each
 * mistake with its file, line, job and option. Nothing is contacted.
 *
 * <p>Only routes that use a strict Kamelet are looked at; a host's others are none of its business.
 */
final class JobsCheck extends LifecycleStrategySupport {

  private static final String SELECT_FILENAME = "selectFilename";

  private final Map<String, KameletSchema> schemas = new HashMap<>();

  @Override
  public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    List<String> problems = new ArrayList<>();
    Map<KameletUse, String> uses = new HashMap<>();
    for (RouteDefinition route : model.getRouteDefinitions()) {
      problems.addAll(check(context, route, uses));
    }
    if (!uses.isEmpty()) {
      problems.addAll(0, beans(context));
    }
    if (!problems.isEmpty()) {
      ConfigurationException wrong = new ConfigurationException(problems);
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

  /** A mistake of the route is said once, however many of its steps write. */
  private Collection<String> check(
      CamelContext context, RouteDefinition route, Map<KameletUse, String> uses) {
    Set<String> problems = new LinkedHashSet<>();
    Collection<ToDefinition> steps =
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class);
    for (ToDefinition step : steps) {
      String uri = step.getEndpointUri();
      KameletSchema schema = KameletUse.is(uri) ? schema(context, uri) : null;
      if (schema != null) {
        JobFile file = JobFile.at(context, step.getLocation());
        SortedMap<Integer, List<Problem>> byLine = new TreeMap<>();
        KameletUse use = KameletUse.of(context, uri);
        for (Problem problem : parameters(context, schema, route, use, uses)) {
          put(
              byLine,
              file.line(step.getLineNumber(), problem.option(), step.getLineNumber()),
              problem);
        }
        for (Problem problem : TriggerRules.of(context, route, use.parameters().get("timeZone"))) {
          put(
              byLine,
              file.line(route.getLineNumber(), problem.option(), route.getInput().getLineNumber()),
              problem);
        }
        byLine.forEach(
            (line, found) ->
                found.forEach(
                    problem ->
                        problems.add(
                            file.place(line) + "job " + route.getRouteId() + ": " + problem)));
      }
    }
    return problems;
  }

  private static void put(Map<Integer, List<Problem>> byLine, int line, Problem problem) {
    byLine.computeIfAbsent(line, empty -> new ArrayList<>()).add(problem);
  }

  private static List<Problem> parameters(
      CamelContext context,
      KameletSchema schema,
      RouteDefinition route,
      KameletUse use,
      Map<KameletUse, String> uses) {
    List<Problem> found = new ArrayList<>(use.unresolved());
    List<Problem> wrong = new ParameterCheck(context, schema).of(use.parameters());
    found.addAll(wrong);
    if (schema.options().containsKey(SELECT_FILENAME)
        && wrong.stream().noneMatch(problem -> problem.option().equals(SELECT_FILENAME))) {
      found.addAll(NamingRules.of(context.getTypeConverter(), use.parameters()));
    }
    if (schema.options().keySet().containsAll(DialectRules.OPTIONS)
        && wrong.stream().noneMatch(problem -> DialectRules.OPTIONS.contains(problem.option()))) {
      found.addAll(DialectRules.of(context, use.parameters()));
    }
    String twin = uses.putIfAbsent(use, route.getRouteId());
    if (twin != null) {
      found.add(new Problem("uri", "job " + twin + " writes the same object - make them one job"));
    }
    return found;
  }

  private KameletSchema schema(CamelContext context, String uri) {
    KameletUse use = KameletUse.of(context, uri);
    return schemas.computeIfAbsent(
        use.kamelet(),
        kamelet ->
            KameletSchema.find(
                    context,
                    kamelet,
                    context.getComponent("kamelet", KameletComponent.class).getLocation())
                .orElse(null));
  }
}
