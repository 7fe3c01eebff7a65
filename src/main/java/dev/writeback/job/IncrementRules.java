package dev.writeback.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * That no option of increments stands where it does nothing. Their keys: {@link SharedKeyRules}.
 */
final class IncrementRules {

  private IncrementRules() {}

  static List<Problem> of(Map<String, String> parameters) {
    List<Problem> problems = new ArrayList<>();
    boolean onlyNewData = Boolean.parseBoolean(parameters.get("onlyNewData"));
    if (parameters.containsKey("firstRun") && !onlyNewData) {
      problems.add(
          new Problem(
              "firstRun",
              "without onlyNewData every run writes all rows - '"
                  + parameters.get("firstRun")
                  + "' - set onlyNewData to true, or leave it out"));
    }
    if (Boolean.parseBoolean(parameters.get("allowReplaceIncrement"))
        && !(onlyNewData && Boolean.parseBoolean(parameters.get("overwrite")))) {
      problems.add(
          new Problem(
              "allowReplaceIncrement",
              "no increment can be replaced without onlyNewData and overwrite - 'true' - leave it"
                  + " out"));
    }
    if (onlyNewData && "apostrophe".equals(parameters.get("formulaEscaping"))) {
      problems.add(
          new Problem(
              "formulaEscaping",
              "new rows are read by queries, which escape nothing - 'apostrophe' - leave it out, or"
                  + " set onlyNewData to false"));
    }
    return problems;
  }

  /**
   * What a job has written of a DataSet is known of the job, not of its steps: the first would
   * leave nothing new to the second.
   *
   * @param followed the DataSets of the steps before, which this one joins
   */
  static List<Problem> ofStep(Map<String, String> parameters, Set<String> followed) {
    List<Problem> problems = new ArrayList<>();
    String dataSet = parameters.getOrDefault("inputDataset", "");
    boolean second = !followed.add(dataSet);
    for (String option : List.of("onlyNewData", "skipUnchanged")) {
      if (second && Boolean.parseBoolean(parameters.get(option))) {
        problems.add(
            new Problem(
                option,
                "an earlier step of the job writes the same DataSet, and would leave nothing new -"
                    + " 'true' - a job of its own for this step"));
      }
    }
    return problems;
  }
}
