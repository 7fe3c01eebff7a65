package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A job that writes what is new, and what its objects are together. */
final class Increments {

  private Increments() {}

  /** The parameters of such a job, for this DataSet. */
  static Map<String, Object> job(String dataSet) {
    return Map.of("inputDataset", dataSet, "fileName", "rows_<current_date>", "onlyNewData", true);
  }

  /**
   * All rows of all objects behind one header: the DataSet's export, where none is lost and none is
   * there twice.
   *
   * @param objects their texts, in the order of their days
   */
  static String together(List<String> objects) {
    String header = objects.get(0).lines().findFirst().orElseThrow() + "\n";
    assertThat(objects).allSatisfy(object -> assertThat(object).startsWith(header));
    return header
        + objects.stream()
            .map(object -> object.substring(header.length()))
            .collect(Collectors.joining());
  }
}
