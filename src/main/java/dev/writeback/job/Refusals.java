package dev.writeback.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes that could not be made, and why. A change is one of a whole group: it is refused, and is
 * tried again, as that. Not thread-safe.
 */
final class Refusals {

  /** What failed, by what was wanted. */
  private final Map<Map<String, Set<RoutePart>>, List<RouteFailure>> refused =
      new LinkedHashMap<>();

  /** What a group is to be; what is not to be is made of nothing. */
  private static Map<String, Set<RoutePart>> of(
      RouteGroup group, Map<String, Set<RoutePart>> wanted) {
    Map<String, Set<RoutePart>> parts = new HashMap<>();
    group.changed().forEach(id -> parts.put(id, wanted.getOrDefault(id, Set.of())));
    return parts;
  }

  /**
   * @param failures of each route of the group
   */
  void add(
      RouteGroup group, Map<String, Set<RoutePart>> wanted, Collection<RouteFailure> failures) {
    refused.put(of(group, wanted), List.copyOf(failures));
  }

  /** Whether this very change has been refused. */
  boolean has(RouteGroup group, Map<String, Set<RoutePart>> wanted) {
    return refused.containsKey(of(group, wanted));
  }

  /** Forgets what nobody wants any longer. */
  void retain(Collection<RouteGroup> groups, Map<String, Set<RoutePart>> wanted) {
    refused
        .keySet()
        .retainAll(groups.stream().map(group -> of(group, wanted)).collect(Collectors.toSet()));
  }

  /** The routes that are not what their files say. */
  List<RouteFailure> failures() {
    return refused.values().stream().flatMap(List::stream).toList();
  }
}
