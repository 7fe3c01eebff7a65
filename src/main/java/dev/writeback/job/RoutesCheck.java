package dev.writeback.job;

import dev.writeback.run.Checked;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;

/**
 * Everything that is wrong with route files, before Camel reads them: all mistakes of all files at
 * once, each with its place. Nothing is contacted, and nothing started.
 */
public final class RoutesCheck {

  /** How problems begin that are there whatever the value is. */
  private static final Pattern NOT_OF_THE_VALUE =
      Pattern.compile("unknown|missing|no parameter|stands twice");

  private final CamelContext context;
  private final List<RouteFile> files;
  private final List<RouteText> routes;
  private final Set<Mistake> mistakes = new LinkedHashSet<>();

  /** Where the value of a setting is used, and which. */
  private final Map<Place, String> settings = new HashMap<>();

  private final JobCheck jobs;

  /**
   * @param context one of its own, with the settings that placeholders name; gets the beans of the
   *     files
   * @param folder where the files are
   * @param needed the beans that have to be right
   */
  public RoutesCheck(CamelContext context, RouteFolder folder, Predicate<Checked> needed) {
    this(context, folder, needed, Map.of());
  }

  /**
   * The same, with files that are not written yet.
   *
   * @param drafts their texts by their names
   */
  public RoutesCheck(
      CamelContext context,
      RouteFolder folder,
      Predicate<Checked> needed,
      Map<String, String> drafts) {
    this.context = context;
    this.files = folder.read(in(""));
    drafts.forEach((name, text) -> RouteFolder.read(name, text, in("")).ifPresent(this.files::add));
    folder
        .kamelets(context.getComponent("kamelet", KameletComponent.class).getLocation())
        .forEach(file -> folder.read(file, in("")));
    this.routes = files.stream().flatMap(RouteFile::routes).toList();
    this.jobs =
        new JobCheck(
            context,
            routes,
            files.stream().flatMap(file -> file.configurations().stream()).toList());
    BeanCheck beans = new BeanCheck(context, needed, in(""));
    files.forEach(file -> file.beans().forEach(beans::check));
    files.forEach(file -> new FormCheck(in("")).file(file.content()));
    IdCheck ids = new IdCheck();
    References references = references();
    for (YamlNode element : elements()) {
      Findings found = in(element.get("route").map(route -> RouteText.of(route).id()).orElse(""));
      ids.element(element, found);
      references.check(element, found);
      check(element, found);
    }
    routes.forEach(route -> mistakes.addAll(jobs.of(route)));
    routes.stream().filter(jobs::isJob).forEach(this::checkCalls);
  }

  private void checkCalls(RouteText job) {
    CallRules.of(context, job)
        .ifPresent(problem -> in(job.id()).add(job.from().place(problem.option()), problem));
  }

  private List<YamlNode> elements() {
    return files.stream().flatMap(file -> file.content().items().stream()).toList();
  }

  private Findings in(String route) {
    return (place, problem) -> mistakes.add(new Mistake(place, route, problem));
  }

  private References references() {
    Set<String> beans = new TreeSet<>();
    Set<String> called = new TreeSet<>();
    for (RouteFile file : files) {
      file.beans().map(bean -> bean.text("name")).filter(Objects::nonNull).forEach(beans::add);
    }
    routes.forEach(route -> called.add(route.from().path()));
    return new References(context, beans, called);
  }

  private void check(YamlNode element, Findings found) {
    new FormCheck(found).element(element);
    EndpointCheck endpoints = new EndpointCheck(context);
    RouteFile.endpoints(element)
        .forEach(
            endpoint ->
                endpoints
                    .of(endpoint)
                    .forEach(problem -> found.add(endpoint.place(problem.option()), problem)));
    RouteFile.texts(element)
        .forEach(
            text -> {
              Placeholders.setting(context, text.text())
                  .ifPresent(setting -> settings.put(text.place(), setting));
              Placeholders.problem(context, text.text())
                  .ifPresent(problem -> found.add(text.place(), new Problem(text.name(), problem)));
            });
  }

  /** Who reads of a value that is not there is told where it is from. */
  private Mistake withSetting(Mistake mistake) {
    String setting = settings.get(mistake.place());
    Problem problem = mistake.problem();
    return setting == null
            || problem.text().contains(setting)
            || NOT_OF_THE_VALUE.matcher(problem.text()).lookingAt()
        ? mistake
        : new Mistake(
            mistake.place(),
            mistake.route(),
            new Problem(problem.option(), problem.text() + " (the setting " + setting + ")"));
  }

  /** In the order of the files. */
  public List<Mistake> mistakes() {
    return mistakes.stream()
        .map(this::withSetting)
        .sorted((one, other) -> one.place().compareTo(other.place()))
        .toList();
  }

  /** Those that keep one job from running: its own, and those of what all jobs share. */
  public List<Mistake> mistakes(String job) {
    Set<String> others = new HashSet<>();
    Set<String> own = new HashSet<>(Set.of(job));
    for (RouteText route : routes) {
      if (jobs.isJob(route)) {
        Set<String> its = route.id().equals(job) ? own : others;
        its.add(route.id());
        jobs.triggers(route).forEach(trigger -> its.add(trigger.route()));
      }
    }
    others.removeAll(own);
    return mistakes().stream().filter(mistake -> !others.contains(mistake.route())).toList();
  }

  /** What is no mistake, but a person should hear of. */
  public List<Mistake> warnings() {
    return jobs.warnings();
  }

  /** The jobs, in the order of the files. */
  public List<CheckedJob> jobs() {
    return routes.stream()
        .filter(jobs::isJob)
        .map(
            route ->
                new CheckedJob(
                    route.id(),
                    route.place(),
                    jobs.triggers(route).stream()
                        .map(trigger -> trigger.zone(context))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                    jobs.triggers(route).stream()
                        .flatMap(
                            trigger ->
                                trigger.schedule(context).stream()
                                    .map(
                                        times ->
                                            new CheckedJob.Times(times, trigger.zone(context))))
                        .toList()))
        .toList();
  }

  /**
   * What the writebacks of a job say, in the order of its steps.
   *
   * @return empty where there is no such job
   */
  public List<JobParameters> parameters(String job) {
    return routes.stream()
        .filter(route -> route.id().equals(job))
        .flatMap(route -> jobs.parameters(route).stream())
        .toList();
  }

  /** In words for an operator: that there is no such job, and which there are. */
  public String unknown(String job) {
    return JobSelection.unknown(job, jobs().stream().map(CheckedJob::id).toList());
  }
}
