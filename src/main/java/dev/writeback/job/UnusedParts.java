package dev.writeback.job;

import dev.writeback.job.RoutePart.Kind;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told of edits of what no route is made of, such as an account that commands alone use:
 * nobody else tells of them.
 */
final class UnusedParts {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  private UnusedParts() {}

  static void tell(RouteParts before, RouteParts after) {
    Set<RoutePart.Key> known = keys(before);
    for (RoutePart part : of(after)) {
      if (part.kind() == Kind.OTHER && !before.all().contains(part)) {
        LOG.warn("{} is taken at the next start", part.name());
      } else if (!before.all().contains(part)) {
        LOG.info(
            "{} is {}: {}",
            name(part),
            known.contains(part.key()) ? "changed" : "new",
            part.file());
      }
    }
    Set<RoutePart.Key> left = keys(after);
    for (RoutePart part : of(before)) {
      if (part.kind() != Kind.OTHER && !left.contains(part.key())) {
        LOG.info("{} is gone, its file no longer has it", name(part));
      }
    }
  }

  private static Set<RoutePart> of(RouteParts parts) {
    Set<RoutePart> unused = new LinkedHashSet<>(parts.all());
    parts.routes().values().forEach(unused::removeAll);
    return unused;
  }

  private static Set<RoutePart.Key> keys(RouteParts parts) {
    return parts.all().stream().map(RoutePart::key).collect(Collectors.toSet());
  }

  private static String name(RoutePart part) {
    return switch (part.kind()) {
          case BEAN -> "bean ";
          case CONFIGURATION -> "route configuration ";
          case KAMELET -> "Kamelet ";
          case ROUTE -> "route ";
          case OTHER -> "";
        }
        + part.name();
  }
}
