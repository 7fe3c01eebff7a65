package dev.writeback.job;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * How what runs differs from the route files on disk. Immutable; a context that reloads has the
 * latest one.
 *
 * @param mistakes what is wrong with the files on disk, as {@code validate} tells it
 * @param notTaken the files that are not what runs
 * @param filesOf where that stands of which each job is made
 * @param failed why a job could not be changed, by its name
 * @param out those of them that could not be put back as they were, and do not run; tried again
 * @param waiting the jobs that are changed when their run has ended
 */
public record ReloadState(
    List<Mistake> mistakes,
    Set<Path> notTaken,
    Map<String, Set<Path>> filesOf,
    Map<String, String> failed,
    Set<String> out,
    Set<String> waiting) {

  static final ReloadState SAME =
      new ReloadState(List.of(), Set.of(), Map.of(), Map.of(), Set.of(), Set.of());

  /** The one of a context; where it does not reload, what runs is what was on disk. */
  public static ReloadState of(CamelContext context) {
    Reload reload = context.hasService(Reload.class);
    return reload == null ? SAME : reload.state();
  }

  /** All that keeps files on disk from being what runs; nothing where they are. */
  public List<String> problems() {
    return Stream.concat(
            texts(mistakes).stream(),
            failed.entrySet().stream()
                .map(entry -> "job " + entry.getKey() + ": " + entry.getValue()))
        .toList();
  }

  /** In words for an operator, that a job's files on disk are not what runs; empty if they are. */
  public Optional<String> of(String job) {
    if (out.contains(job)) {
      return Optional.of(failed.get(job));
    }
    if (failed.containsKey(job)) {
      return Optional.of("its file on disk is not what runs: " + failed.get(job));
    }
    Set<Path> files =
        filesOf.getOrDefault(job, Set.of()).stream()
            .filter(notTaken::contains)
            .collect(Collectors.toSet());
    List<Mistake> own =
        mistakes.stream()
            .filter(
                mistake ->
                    mistake.route().equals(job)
                        || files.stream()
                            .map(Path::toString)
                            .anyMatch(mistake.place().file()::equals))
            .toList();
    if (files.isEmpty() && own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "its file on disk is not what runs: "
            + String.join("; ", texts(own.isEmpty() ? mistakes : own)));
  }

  private static List<String> texts(Collection<Mistake> mistakes) {
    return mistakes.stream().map(Mistake::toString).toList();
  }
}
