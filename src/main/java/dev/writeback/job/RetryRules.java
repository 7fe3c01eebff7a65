package dev.writeback.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.TypeConverter;

/** What a schema cannot say of the repetition of failed runs. */
final class RetryRules {

  private static final String RETRIES = "retries";
  private static final String DELAY = "retryDelay";
  private static final String LIMIT = "retryDelayLimit";

  static final List<String> OPTIONS = List.of(RETRIES, DELAY, LIMIT);

  private RetryRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.of(step -> unused(step, DELAY), RETRIES, DELAY),
        Rule.of(step -> unused(step, LIMIT), RETRIES, LIMIT),
        Rule.of(RetryRules::tooShort, DELAY, LIMIT));
  }

  private static Optional<Problem> unused(JobStep step, String option) {
    return step.get(RETRIES, "").matches("0+") && step.has(option)
        ? Optional.of(
            new Problem(
                option,
                "nothing is repeated, retries is 0 - '" + step.get(option) + "' - leave it out"))
        : Optional.empty();
  }

  private static Optional<Problem> tooShort(JobStep step) {
    Map<String, String> parameters = step.parameters();
    if (!parameters.keySet().containsAll(List.of(DELAY, LIMIT))) {
      return Optional.empty();
    }
    TypeConverter converter = step.context().getTypeConverter();
    Duration delay = converter.convertTo(Duration.class, parameters.get(DELAY));
    Duration limit = converter.convertTo(Duration.class, parameters.get(LIMIT));
    return limit.compareTo(delay) < 0
        ? Optional.of(
            new Problem(
                LIMIT,
                "shorter than retryDelay, "
                    + parameters.get(DELAY)
                    + " - '"
                    + parameters.get(LIMIT)
                    + "' - as long at least"))
        : Optional.empty();
  }
}
