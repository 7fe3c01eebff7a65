package dev.writeback.job;

import dev.writeback.run.InputDataset;
import java.util.List;

/** What a schema cannot say of how a job names its DataSet. */
final class InputRules {

  static final String INPUT_DATASET = "inputDataset";

  private InputRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.of(
            step ->
                InputDataset.problem(step.get(INPUT_DATASET, ""))
                    .map(problem -> new Problem(INPUT_DATASET, problem)),
            INPUT_DATASET));
  }
}
