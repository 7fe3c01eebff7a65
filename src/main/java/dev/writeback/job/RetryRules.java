package dev.writeback.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.TypeConverter;

/** What a schema cannot say of the repetition of failed runs. */
final class RetryRules {

  private static final String RETRIES = "retries";
  private static final String DELAY = "retryDelay";
  private static final String LIMIT = "retryDelayLimit";

  static final List<String> OPTIONS = List.of(RETRIES, DELAY, LIMIT);

  private RetryRules() {}

  /**
   * @param parameters of a use whose shapes have been found right
   */
  static List<Problem> of(TypeConverter converter, Map<String, String> parameters) {
    List<Problem> problems = new ArrayList<>();
    if (parameters.getOrDefault(RETRIES, "").matches("0+")) {
      for (String option : List.of(DELAY, LIMIT)) {
        if (parameters.containsKey(option)) {
          problems.add(
              new Problem(
                  option,
                  "nothing is repeated, retries is 0 - '"
                      + parameters.get(option)
                      + "' - leave it out"));
        }
      }
    }
    if (parameters.containsKey(DELAY) && parameters.containsKey(LIMIT)) {
      Duration delay = converter.convertTo(Duration.class, parameters.get(DELAY));
      Duration limit = converter.convertTo(Duration.class, parameters.get(LIMIT));
      if (limit.compareTo(delay) < 0) {
        problems.add(
            new Problem(
                LIMIT,
                "shorter than retryDelay, "
                    + parameters.get(DELAY)
                    + " - '"
                    + parameters.get(LIMIT)
                    + "' - as long at least"));
      }
    }
    return problems;
  }
}
