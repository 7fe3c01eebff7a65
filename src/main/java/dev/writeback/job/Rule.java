package dev.writeback.job;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Something that a schema cannot say of a job. It is looked at where the Kamelet has all of the
 * options and nothing has been found wrong with them, whatever else is wrong.
 *
 * @param options those that it depends on
 * @param check what it finds
 */
record Rule(Set<String> options, Function<JobStep, ? extends Collection<Problem>> check) {

  static Rule of(Function<JobStep, Optional<Problem>> check, String... options) {
    return new Rule(Set.of(options), step -> check.apply(step).stream().toList());
  }

  /**
   * Rules that one check makes, for each option whose mistakes it tells.
   *
   * @param dependsOn what the mistakes of an option depend on
   */
  static List<Rule> each(
      Map<String, Set<String>> dependsOn, Function<JobStep, List<Problem>> check) {
    return dependsOn.entrySet().stream()
        .map(
            entry ->
                new Rule(
                    entry.getValue(),
                    step ->
                        check.apply(step.only(entry.getValue())).stream()
                            .filter(problem -> problem.option().equals(entry.getKey()))
                            .toList()))
        .toList();
  }

  boolean appliesTo(KameletSchema schema, Set<String> wrong) {
    return schema.options().keySet().containsAll(options)
        && options.stream().noneMatch(wrong::contains);
  }
}
