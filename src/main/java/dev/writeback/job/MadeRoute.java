package dev.writeback.job;

import dev.writeback.job.RoutePart.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a route is made of.
 *
 * @param id of the route
 * @param parts itself last, each part after all that it is made of
 * @param snapshot where its Kamelets are read
 */
record MadeRoute(String id, Set<RoutePart> parts, RouteSnapshot snapshot) {

  /** Whether the route itself says the same as another one of its id. */
  boolean saysTheSameAs(Set<RoutePart> others) {
    return own().equals(own(id, others));
  }

  /** As it is called before an operator. */
  String name() {
    return (own().stream().anyMatch(route -> route.yaml().contains("kamelet:")) ? "job " : "route ")
        + id;
  }

  /** Whether it is a job, not a schedule or something else. */
  boolean isJob() {
    return name().startsWith("job ");
  }

  /** Where the route itself stands. */
  Path file() {
    return own().get(0).file();
  }

  /** Where all that stands of which it is made. */
  Set<Path> files() {
    return parts.stream().map(RoutePart::file).collect(Collectors.toSet());
  }

  private List<RoutePart> own() {
    return own(id, parts);
  }

  private static List<RoutePart> own(String id, Set<RoutePart> parts) {
    return parts.stream()
        .filter(part -> part.kind() == Kind.ROUTE && part.name().equals(id))
        .toList();
  }
}
