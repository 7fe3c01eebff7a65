package dev.writeback.job;

import dev.writeback.run.InputDataset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * That no option of increments stands where it does nothing. Their keys: {@link SharedKeyRules}.
 */
final class IncrementRules {

  private static final String ONLY_NEW_DATA = "onlyNewData";
  private static final String FIRST_RUN = "firstRun";
  private static final String ALLOW_REPLACE = "allowReplaceIncrement";
  private static final String OVERWRITE = "overwrite";
  private static final String FORMULA_ESCAPING = "formulaEscaping";

  private static final String FOLLOWED_TWICE =
      "an earlier step of the job writes the same DataSet, and would leave nothing new -"
          + " 'true' - a job of its own for this step";

  private IncrementRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.of(IncrementRules::firstRun, FIRST_RUN, ONLY_NEW_DATA),
        Rule.of(IncrementRules::replace, ALLOW_REPLACE, ONLY_NEW_DATA, OVERWRITE),
        Rule.of(IncrementRules::formulas, FORMULA_ESCAPING, ONLY_NEW_DATA));
  }

  private static Optional<Problem> firstRun(JobStep step) {
    return step.has(FIRST_RUN) && !step.isTrue(ONLY_NEW_DATA)
        ? Optional.of(
            new Problem(
                FIRST_RUN,
                "without onlyNewData every run writes all rows - '"
                    + step.get(FIRST_RUN)
                    + "' - set onlyNewData to true, or leave it out"))
        : Optional.empty();
  }

  private static Optional<Problem> replace(JobStep step) {
    return step.isTrue(ALLOW_REPLACE) && !(step.isTrue(ONLY_NEW_DATA) && step.isTrue(OVERWRITE))
        ? Optional.of(
            new Problem(
                ALLOW_REPLACE,
                "no increment can be replaced without onlyNewData and overwrite - 'true' - leave it"
                    + " out"))
        : Optional.empty();
  }

  private static Optional<Problem> formulas(JobStep step) {
    return step.isTrue(ONLY_NEW_DATA) && "apostrophe".equals(step.get(FORMULA_ESCAPING))
        ? Optional.of(
            new Problem(
                FORMULA_ESCAPING,
                "new rows are read by queries, which escape nothing - 'apostrophe' - leave it out,"
                    + " or set onlyNewData to false"))
        : Optional.empty();
  }

  /**
   * What a job has written of a DataSet is known of the job, not of its steps: the first would
   * leave nothing new to the second. For the steps of one job, in their order.
   */
  static List<Rule> ofJob() {
    Set<String> followed = new HashSet<>();
    return List.of(
        new Rule(
            Set.of(InputRules.INPUT_DATASET, ONLY_NEW_DATA, "skipUnchanged"),
            step -> {
              boolean second =
                  !followed.add(InputDataset.of(step.get(InputRules.INPUT_DATASET, "")).toString());
              return List.of(ONLY_NEW_DATA, "skipUnchanged").stream()
                  .filter(option -> second && step.isTrue(option))
                  .map(option -> new Problem(option, FOLLOWED_TWICE))
                  .toList();
            }));
  }
}
