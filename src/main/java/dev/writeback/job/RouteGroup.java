package dev.writeback.job;

import dev.writeback.job.RoutePart.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Routes that are changed together: a job, and its schedules.
 *
 * @param changed the ids of the routes that differ, those that others call first
 * @param callers the ids of the schedules that call one of these and stay as they are
 */
record RouteGroup(List<String> changed, Set<String> callers) {

  /**
   * What differs between two states of the routes.
   *
   * @param running all routes that there are, each with what it is made of
   * @param wanted all routes that there are to be
   */
  static List<RouteGroup> between(
      Map<String, Set<RoutePart>> running, Map<String, Set<RoutePart>> wanted) {
    Set<String> changed = new TreeSet<>(running.keySet());
    changed.addAll(wanted.keySet());
    changed.removeIf(id -> Objects.equals(running.get(id), wanted.get(id)));
    Map<String, Set<String>> callers = new TreeMap<>();
    for (Map<String, Set<RoutePart>> routes : List.of(running, wanted)) {
      addCallers(routes, changed, callers);
    }
    List<RouteGroup> groups = new ArrayList<>();
    Set<String> grouped = new HashSet<>();
    for (String id : changed) {
      if (!grouped.contains(id)) {
        Set<String> group = new TreeSet<>(Set.of(id));
        while (group.addAll(neighbours(group, changed, callers))) {
          continue;
        }
        grouped.addAll(group);
        groups.add(of(group, callers));
      }
    }
    return groups;
  }

  private static RouteGroup of(Set<String> group, Map<String, Set<String>> callers) {
    List<String> ordered = new ArrayList<>(callers.keySet());
    ordered.retainAll(group);
    group.stream().filter(id -> !ordered.contains(id)).forEach(ordered::add);
    Set<String> others = new TreeSet<>();
    group.forEach(id -> others.addAll(callers.getOrDefault(id, Set.of())));
    others.removeAll(group);
    return new RouteGroup(List.copyOf(ordered), others);
  }

  private static Set<String> neighbours(
      Set<String> group, Set<String> changed, Map<String, Set<String>> callers) {
    Set<String> neighbours = new HashSet<>();
    callers.forEach(
        (called, its) -> {
          Set<String> all = new HashSet<>(its);
          all.add(called);
          if (all.stream().anyMatch(group::contains)) {
            neighbours.addAll(all);
          }
        });
    neighbours.retainAll(changed);
    return neighbours;
  }

  /** The schedules of each changed route. */
  private static void addCallers(
      Map<String, Set<RoutePart>> routes, Set<String> changed, Map<String, Set<String>> callers) {
    Map<String, RouteText> texts = new LinkedHashMap<>();
    routes.forEach((id, parts) -> text(parts).ifPresent(text -> texts.put(id, text)));
    texts.forEach(
        (id, text) ->
            Trigger.of(text)
                .ifPresent(
                    trigger ->
                        texts.forEach(
                            (called, job) -> {
                              if (changed.contains(called) && trigger.calls(job)) {
                                callers.computeIfAbsent(called, key -> new TreeSet<>()).add(id);
                              }
                            })));
  }

  private static Optional<RouteText> text(Collection<RoutePart> parts) {
    return parts.stream()
        .filter(part -> part.kind() == Kind.ROUTE)
        .findFirst()
        .flatMap(part -> YamlNode.read(part.file().toString(), part.yaml()))
        .flatMap(file -> file.items().get(0).get("route"))
        .map(RouteText::of);
  }
}
