package dev.writeback.job;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * That routes, route configurations and beans have names, each its own, and routes a description.
 */
final class IdCheck {

  private final Map<String, Place> seen = new HashMap<>();

  /**
   * One of the elements of all files, in their order.
   *
   * @param found is told each mistake
   */
  void element(YamlNode element, Findings found) {
    element
        .get("route")
        .ifPresent(
            route -> {
              check("route", route, "id", found);
              checkDescription(route, found);
            });
    element
        .get("routeConfiguration")
        .ifPresent(configuration -> check("route configuration", configuration, "id", found));
    element
        .get("beans")
        .ifPresent(
            beans ->
                beans.items().stream()
                    // Its form wants the name already.
                    .filter(bean -> bean.get("name").isPresent())
                    .forEach(bean -> check("bean", bean, "name", found)));
  }

  private void check(String kind, YamlNode element, String option, Findings found) {
    String id = Objects.requireNonNullElse(element.text(option), "");
    Place place = element.get(option).map(YamlNode::place).orElse(element.place());
    if (id.isBlank()) {
      found.add(
          place,
          new Problem(
              option, "missing - add to the " + kind + " a line such as '" + option + ": sales'"));
      return;
    }
    Place first = seen.putIfAbsent(kind + " " + id, place);
    if (first != null) {
      found.add(
          place,
          new Problem(
              option,
              "another "
                  + kind
                  + " has the same - '"
                  + id
                  + "' - give each its own; the other is "
                  + first.toString().replaceFirst(": $", "")));
    }
  }

  private static void checkDescription(YamlNode route, Findings found) {
    if (Objects.requireNonNullElse(route.text("description"), "").isBlank()) {
      found.add(
          route.get("description").map(YamlNode::place).orElse(route.place()),
          new Problem(
              "description",
              "missing, so alerts would tell the id alone - add to the route a line such as"
                  + " 'description: The sales of yesterday, every morning'"));
    }
  }
}
