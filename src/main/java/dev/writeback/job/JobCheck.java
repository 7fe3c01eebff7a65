package dev.writeback.job;

import dev.writeback.run.CheckedUse;
import dev.writeback.run.NearestWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;

/**
 * Everything that is wrong with jobs, the routes that use a strict Kamelet; others are none of its
 * business. Nothing is contacted.
 */
final class JobCheck {

  private final CamelContext context;
  private final Collection<RouteText> routes;
  private final Collection<String> configurations;
  private final Map<String, Optional<KameletSchema>> schemas = new HashMap<>();
  private final List<Rule> rules;
  private final List<Mistake> warnings = new ArrayList<>();

  /**
   * @param context in whose registry the beans are that jobs name
   * @param routes all that there are, also schedules of their own
   * @param configurations the ids of all route configurations
   */
  JobCheck(CamelContext context, Collection<RouteText> routes, Collection<String> configurations) {
    this.context = context;
    this.routes = routes;
    this.configurations = configurations;
    this.rules =
        Stream.of(
                InputRules.all(),
                NamingRules.all(),
                DialectRules.all(),
                RetryRules.all(),
                ErrorHandlingRules.all(),
                CompressionRules.all(),
                EncryptionRules.all(),
                LedgerRules.all(),
                IncrementRules.all(),
                ScheduleRules.all(),
                SharedKeyRules.all(),
                new WrittenKeys().all())
            .flatMap(List::stream)
            .toList();
  }

  /** What is no mistake, but a person should hear of. */
  List<Mistake> warnings() {
    return warnings;
  }

  /** Whether a route is a job. */
  boolean isJob(RouteText route) {
    return route.steps().stream().anyMatch(step -> schema(step).isPresent());
  }

  /** What its steps say that use a strict Kamelet. */
  List<JobParameters> parameters(RouteText route) {
    return route.steps().stream()
        .flatMap(
            step ->
                schema(step).stream()
                    .map(
                        schema ->
                            JobParameters.of(schema, KameletUse.of(context, step).parameters())))
        .toList();
  }

  /** What is wrong with a job, in the order of its file; nothing where a route is none. */
  List<Mistake> of(RouteText route) {
    if (!isJob(route)) {
      return List.of();
    }
    Set<Mistake> mistakes = new LinkedHashSet<>();
    ErrorHandlingRules.of(route, configurations)
        .forEach(
            problem ->
                mistakes.add(new Mistake(route.place(problem.option()), route.id(), problem)));
    List<Trigger> triggers = triggers(route);
    for (Trigger trigger : triggers) {
      Stream.of(
              TriggerRules.of(context, trigger),
              ScheduleRules.ofSchedule(context, trigger, triggers.get(0)))
          .flatMap(List::stream)
          .forEach(
              problem ->
                  mistakes.add(
                      new Mistake(
                          trigger.endpoint().place(problem.option()), trigger.route(), problem)));
    }
    List<Rule> ofThisJob = new ArrayList<>(IncrementRules.ofJob());
    ofThisJob.addAll(rules);
    for (EndpointText step : route.steps()) {
      schema(step).ifPresent(schema -> check(route, triggers, step, schema, ofThisJob, mistakes));
    }
    return mistakes.stream().sorted((one, other) -> one.place().compareTo(other.place())).toList();
  }

  /** What fires a job by the clock: the trigger of its own route, and its schedules. */
  List<Trigger> triggers(RouteText job) {
    List<Trigger> triggers = new ArrayList<>();
    for (RouteText route : routes) {
      Trigger.of(route)
          .filter(trigger -> route.equals(job) || trigger.calls(job))
          .ifPresent(triggers::add);
    }
    return triggers;
  }

  private void check(
      RouteText route,
      List<Trigger> triggers,
      EndpointText endpoint,
      KameletSchema schema,
      List<Rule> ofThisJob,
      Collection<Mistake> mistakes) {
    KameletUse use = KameletUse.of(context, endpoint);
    JobStep step = new JobStep(context, route, triggers, schema, use.parameters());
    Set<String> wrong = new HashSet<>();
    List<Problem> problems = new ArrayList<>(use.unresolved());
    problems.forEach(problem -> wrong.add(problem.option()));
    new ParameterCheck(context, schema)
        .of(use.parameters()).stream()
            .filter(problem -> !wrong.contains(problem.option()))
            .forEach(problems::add);
    problems.forEach(problem -> wrong.add(problem.option()));
    List<Rule> all = new ArrayList<>(ofThisJob);
    all.addAll(ofBeans(step));
    for (Rule rule : all) {
      if (rule.appliesTo(schema, wrong)) {
        Collection<Problem> found = rule.check().apply(step);
        problems.addAll(found);
        found.forEach(problem -> wrong.add(problem.option()));
      }
    }
    for (Problem problem : problems) {
      mistakes.add(new Mistake(endpoint.place(problem.option()), route.id(), problem));
    }
    if (problems.isEmpty() && schema.options().containsKey("selectFilename")) {
      SharedKeyRules.warning(step)
          .map(text -> new Mistake(endpoint.place("fileName"), route.id(), Problem.of(text)))
          .ifPresent(warnings::add);
    }
  }

  /** What the beans that a job names cannot do of what it asks. */
  private List<Rule> ofBeans(JobStep step) {
    List<Rule> rules = new ArrayList<>();
    for (Option option : step.schema().options().values()) {
      String name = option.beanType() == null ? null : step.get(option.name());
      BeanByName.find(context, name, CheckedUse.class)
          .ifPresent(bean -> bean.groups().forEach(group -> rules.add(ofBean(bean, group))));
    }
    return rules;
  }

  private static Rule ofBean(CheckedUse bean, Set<String> group) {
    return new Rule(
        group,
        step ->
            bean.problems(step.context(), step.only(group).parameters()).stream()
                .map(Problem::of)
                .toList());
  }

  private Optional<KameletSchema> schema(EndpointText step) {
    return KameletUse.is(step.path())
        ? schemas.computeIfAbsent(KameletUse.of(context, step).kamelet(), this::schema)
        : Optional.empty();
  }

  /** A Kamelet that is not there may be one whose name has a slip. */
  private Optional<KameletSchema> schema(String kamelet) {
    String locations = context.getComponent("kamelet", KameletComponent.class).getLocation();
    return KameletSchema.exists(context, kamelet, locations)
        ? KameletSchema.find(context, kamelet, locations)
        : NearestWord.to(kamelet, KameletSchema.names(locations))
            .flatMap(near -> KameletSchema.find(context, near, locations));
  }
}
