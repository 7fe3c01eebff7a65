package dev.writeback.job;

import dev.writeback.run.InputDataset;
import java.util.List;
import java.util.Map;

/** What a schema cannot say of how a job names its DataSet. */
final class InputRules {

  static final String INPUT_DATASET = "inputDataset";

  private InputRules() {}

  static List<Problem> of(Map<String, String> parameters) {
    String input = parameters.getOrDefault(INPUT_DATASET, "");
    return InputDataset.problem(input).stream()
        .map(problem -> new Problem(INPUT_DATASET, problem))
        .toList();
  }
}
