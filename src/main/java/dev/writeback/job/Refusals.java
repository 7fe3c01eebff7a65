package dev.writeback.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Changes that could not be made, and why. A change is one of a whole group: it is refused, and is
 * tried again, as that. Not thread-safe.
 */
final class Refusals {

  /** Why, by what was wanted. */
  private final Map<Map<String, Set<RoutePart>>, String> refused = new LinkedHashMap<>();

  /** What a group is to be; what is not to be is made of nothing. */
  private static Map<String, Set<RoutePart>> of(
      RouteGroup group, Map<String, Set<RoutePart>> wanted) {
    Map<String, Set<RoutePart>> parts = new HashMap<>();
    group.changed().forEach(id -> parts.put(id, wanted.getOrDefault(id, Set.of())));
    return parts;
  }

  void add(RouteGroup group, Map<String, Set<RoutePart>> wanted, String reason) {
    refused.put(of(group, wanted), reason);
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

  /** Why, by the ids of the routes that are not what their files say. */
  Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    refused.forEach((parts, reason) -> parts.keySet().forEach(id -> reasons.put(id, reason)));
    return reasons;
  }
}
