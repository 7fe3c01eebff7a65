package dev.writeback.job;

import dev.writeback.job.RoutePart.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What route files are made of, and which of it each route uses. Immutable. */
final class RouteParts {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}");

  private final CamelContext context;
  private final Map<RoutePart.Key, RoutePart> parts = new LinkedHashMap<>();
  private final Set<RoutePart> all = new LinkedHashSet<>();
  private final Map<String, Set<RoutePart>> routes = new TreeMap<>();

  /**
   * @param context whose settings the placeholders name
   * @param files with which nothing is wrong; what is no YAML is left out
   */
  RouteParts(CamelContext context, RouteSnapshot files) {
    this.context = context;
    for (Path file : files.files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(KameletSchema.SUFFIX)) {
        String kamelet = name.substring(0, name.length() - KameletSchema.SUFFIX.length());
        read(files, file)
            .ifPresent(
                content -> add(new RoutePart(Kind.KAMELET, kamelet, content.asFile(), file)));
      } else if (files.routeFiles().contains(file) && name.endsWith(RouteFolder.SUFFIX)) {
        read(files, file).ifPresent(content -> content.items().forEach(item -> add(file, item)));
      }
    }
    for (RoutePart part : parts.values()) {
      Set<RoutePart> made = new LinkedHashSet<>();
      collect(part, new HashSet<>(), made);
      all.addAll(made);
      if (part.kind() == Kind.ROUTE) {
        routes.put(part.name(), made);
      }
    }
  }

  private static Optional<YamlNode> read(RouteSnapshot files, Path file) {
    try {
      return YamlNode.read(file.toString(), text(files, file));
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  private static String text(RouteSnapshot files, Path file) {
    try {
      return files.text(file);
    } catch (IOException e) {
      return "";
    }
  }

  private void add(Path file, YamlNode element) {
    Optional<YamlNode> route = element.get("route");
    Optional<YamlNode> configuration = element.get("routeConfiguration");
    Optional<YamlNode> beans = element.get("beans");
    if (route.isPresent()) {
      add(new RoutePart(Kind.ROUTE, id(route.get(), "id"), element.asFile(), file));
    } else if (configuration.isPresent()) {
      add(new RoutePart(Kind.CONFIGURATION, id(configuration.get(), "id"), element.asFile(), file));
    } else if (beans.isPresent()) {
      beans
          .get()
          .items()
          .forEach(bean -> add(new RoutePart(Kind.BEAN, id(bean, "name"), bean.asFile(), file)));
    } else {
      String name = String.join(", ", element.entries().keySet());
      add(new RoutePart(Kind.OTHER, name + " of " + file, element.asFile(), file));
    }
  }

  private static String id(YamlNode element, String option) {
    return Optional.ofNullable(element.text(option)).orElse("");
  }

  private void add(RoutePart part) {
    parts.putIfAbsent(part.key(), part);
  }

  /** Each part after all that it is made of. */
  Set<RoutePart> all() {
    return all;
  }

  /** What routes are made of, each part after all that it is made of itself. */
  List<RoutePart> withoutRoutes() {
    return all.stream().filter(part -> part.kind() != Kind.ROUTE).toList();
  }

  /** Each route with all that it is made of, itself last; by the routes' ids. */
  Map<String, Set<RoutePart>> routes() {
    return routes;
  }

  private void collect(RoutePart part, Set<RoutePart> visited, Set<RoutePart> made) {
    if (visited.add(part)) {
      String text = part.kind() == Kind.ROUTE ? resolved(part.yaml()) : part.steps();
      List<RoutePart> used = new ArrayList<>();
      for (RoutePart other : parts.values()) {
        if (other.isIn(text)) {
          used.add(other);
        }
      }
      used.forEach(other -> collect(other, visited, made));
      made.add(part);
    }
  }

  /** A route names its beans by placeholders, too. */
  private String resolved(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  private String value(MatchResult placeholder) {
    try {
      return context.resolvePropertyPlaceholders(placeholder.group());
    } catch (IllegalArgumentException e) {
      return placeholder.group();
    }
  }
}
