package dev.writeback.job;

import dev.writeback.run.Checked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, String> uses = new HashMap<>();
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

  private List<String> check(
      CamelContext context, RouteDefinition route, Map<String, String> uses) {
    List<String> problems = new ArrayList<>();
    Collection<ToDefinition> steps =
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class);
    for (ToDefinition step : steps) {
      String uri = step.getEndpointUri();
      KameletSchema schema = KameletUse.is(uri) ? schema(context, uri) : null;
      if (schema != null) {
        JobFile file = JobFile.at(context, step.getLocation());
        KameletUse use = KameletUse.of(context, uri);
        List<Problem> found = new ArrayList<>(use.unresolved());
        List<Problem> parameters = new ParameterCheck(context, schema).of(use.parameters());
        found.addAll(parameters);
        if (parameters.stream().noneMatch(problem -> problem.option().equals(SELECT_FILENAME))
            && schema.options().containsKey(SELECT_FILENAME)) {
          found.addAll(NamingRules.of(context.getTypeConverter(), use.parameters()));
        }
        String twin = uses.putIfAbsent(uri, route.getRouteId());
        if (twin != null) {
          found.add(
              new Problem("uri", "job " + twin + " writes the same object - make them one job"));
        }
        for (Problem problem : found) {
          problems.add(line(file.place(step.getLineNumber(), problem.option()), route, problem));
        }
        for (Problem problem : TriggerRules.of(route)) {
          problems.add(line(file.place(route.getLineNumber(), problem.option()), route, problem));
        }
      }
    }
    return problems;
  }

  private static String line(String place, RouteDefinition route, Problem problem) {
    return place + "job " + route.getRouteId() + ": " + problem;
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
