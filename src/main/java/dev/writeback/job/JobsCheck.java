package dev.writeback.job;

import dev.writeback.run.Checked;
import dev.writeback.run.CheckedUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every job before the first route is made, and says all that is wrong in one message: each
 * mistake with its file, line, job and option. Nothing is contacted.
 *
 * <p>Only routes that use a strict Kamelet are looked at; a host's others are none of its business.
 */
final class JobsCheck extends LifecycleStrategySupport {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

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
    List<Trigger> triggers = Triggers.of(context, route);
    boolean job = false;
    Set<String> followed = new HashSet<>();
    for (ToDefinition step : steps) {
      String uri = step.getEndpointUri();
      KameletSchema schema = KameletUse.is(uri) ? schema(context, uri) : null;
      if (schema != null) {
        job = true;
        FileProblems found =
            new FileProblems(
                JobFile.at(context, step.getLocation()), "job " + route.getRouteId() + ": ");
        KameletUse use = KameletUse.of(context, uri);
        List<Problem> wrong = parameters(context, schema, route, use, uses);
        wrong.addAll(IncrementRules.ofStep(use.parameters(), followed));
        found.add(step.getLineNumber(), step.getLineNumber(), wrong);
        found.add(
            route.getLineNumber(),
            route.getInput().getLineNumber(),
            ErrorHandlingRules.of(context, route, use.parameters()));
        found.add(
            route.getLineNumber(),
            route.getInput().getLineNumber(),
            ScheduleRules.ofJob(context, use.parameters(), triggers));
        triggers.stream()
            .filter(trigger -> trigger.route().equals(route.getRouteId()))
            .forEach(own -> found.add(own.routeLine(), own.line(), TriggerRules.of(context, own)));
        if (found.isEmpty() && schema.options().containsKey(SELECT_FILENAME)) {
          found.add(
              step.getLineNumber(),
              step.getLineNumber(),
              SharedKeyRules.of(context, use.parameters(), triggers));
          SharedKeyRules.warning(context, use.parameters(), triggers)
              .ifPresent(text -> LOG.warn("job {}: {}", route.getRouteId(), text));
        }
        problems.addAll(found.told());
      }
    }
    if (job) {
      problems.addAll(schedules(context, route, triggers));
    }
    return problems;
  }

  /** What is wrong with the schedules that stand beside the job, as routes of their own. */
  private static List<String> schedules(
      CamelContext context, RouteDefinition job, List<Trigger> triggers) {
    List<String> problems = new ArrayList<>();
    for (Trigger trigger : triggers) {
      FileProblems found =
          new FileProblems(
              JobFile.at(context, trigger.location()),
              "job " + job.getRouteId() + ", schedule " + trigger.route() + ": ");
      if (!trigger.route().equals(job.getRouteId())) {
        found.add(trigger.routeLine(), trigger.line(), TriggerRules.of(context, trigger));
      }
      found.add(
          trigger.routeLine(),
          trigger.line(),
          ScheduleRules.ofSchedule(context, trigger, triggers.get(0)));
      problems.addAll(found.told());
    }
    return problems;
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
    if (wrong.stream().noneMatch(problem -> RetryRules.OPTIONS.contains(problem.option()))) {
      found.addAll(RetryRules.of(context.getTypeConverter(), use.parameters()));
    }
    found.addAll(IncrementRules.of(use.parameters()));
    if (wrong.isEmpty()) {
      found.addAll(uses(context, schema, use));
    }
    if (schema.options().containsKey(InputRules.INPUT_DATASET)) {
      found.addAll(InputRules.of(use.parameters()));
    }
    if (schema.options().containsKey("compressionLevel")) {
      found.addAll(CompressionRules.of(context, use.parameters()));
    }
    if (schema.options().containsKey("encryptionMethod")) {
      EncryptionRules.of(context, use.parameters()).ifPresent(found::add);
    }
    found.addAll(LedgerRules.of(context, use.parameters()));
    String twin = uses.putIfAbsent(use, route.getRouteId());
    if (twin != null) {
      found.add(new Problem("uri", "job " + twin + " writes the same object - make them one job"));
    }
    return found;
  }

  /** What the beans that a job names cannot do of what it asks. */
  private static List<Problem> uses(CamelContext context, KameletSchema schema, KameletUse use) {
    List<Problem> found = new ArrayList<>();
    for (Option option : schema.options().values()) {
      String name = option.beanType() == null ? null : use.parameters().get(option.name());
      Object bean = name == null ? null : context.getRegistry().lookupByName(name);
      if (bean instanceof CheckedUse named) {
        named.problems(context, use.parameters()).stream().map(Problem::of).forEach(found::add);
      }
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
