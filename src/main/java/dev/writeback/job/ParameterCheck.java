package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** Holds the parameters of one use of a Kamelet against its schema. Finds all mistakes at once. */
final class ParameterCheck {

  private final CamelContext context;
  private final KameletSchema schema;
  private final List<Problem> problems = new ArrayList<>();

  ParameterCheck(CamelContext context, KameletSchema schema) {
    this.context = context;
    this.schema = schema;
  }

  /**
   * @param parameters as the file has them, placeholders resolved
   */
  List<Problem> of(Map<String, String> parameters) {
    parameters.forEach(this::check);
    for (Option option : schema.options().values()) {
      if (option.required() && isBlank(parameters.get(option.name()))) {
        problem(option.name(), "missing - " + lowerFirst(option.title()) + " is needed");
      }
    }
    return problems;
  }

  private void check(String name, String value) {
    Option option = schema.options().get(name);
    if (option == null) {
      problem(name, unknown(name, value));
    } else if (!isBlank(value) || (option.pattern() != null && !value.isEmpty())) {
      checkValue(option, value);
    } else if (!option.required() && option.pattern() != null) {
      problem(name, "empty - " + shape(option, value));
    } else if (!option.required() && !option.choices().isEmpty()) {
      problem(name, "empty - one of " + String.join(", ", option.choices()));
    }
  }

  private void checkValue(Option option, String value) {
    if (!option.choices().isEmpty() && !option.choices().contains(value)) {
      problem(option.name(), "no such choice - '" + value + "' - " + choice(option, value));
    } else if ("boolean".equals(option.type()) && !value.matches("true|false")) {
      problem(option.name(), "neither true nor false - '" + value + "' - true or false");
    } else if ("integer".equals(option.type()) && !value.matches("-?\\d+")) {
      problem(option.name(), "not a whole number - '" + value + "' - digits only");
    } else if (option.pattern() != null && !value.matches(option.pattern())) {
      problem(option.name(), "not possible - '" + value + "' - " + shape(option, value));
    } else if (option.beanType() != null) {
      checkBean(option, value);
    }
  }

  private void checkBean(Option option, String value) {
    Class<?> type = context.getClassResolver().resolveClass(option.beanType());
    if (type == null
        || Placeholders.problem(context, value).isPresent()
        || BeanByName.find(context, value, type).isPresent()) {
      return;
    }
    TreeSet<String> names = new TreeSet<>(context.getRegistry().findByTypeWithName(type).keySet());
    String known = names.isEmpty() ? "none is defined" : "known are " + String.join(", ", names);
    problem(
        option.name(),
        "no "
            + type.getSimpleName()
            + " has this name - '"
            + value
            + "' - "
            + NearestWord.to(value, names).map(ParameterCheck::didYouMean).orElse(known));
  }

  private static String shape(Option option, String value) {
    if (option.examples().isEmpty()) {
      return option.example() == null
          ? "it must match " + option.pattern()
          : "it must be like " + option.example();
    }
    String possible =
        "it is one of "
            + String.join(", ", option.examples())
            + ", or one character in quotes, as in \"|\"";
    return NearestWord.to(value, option.examples())
        .map(word -> didYouMean(word) + " " + possible)
        .orElse(possible);
  }

  private static String choice(Option option, String value) {
    return NearestWord.to(value, option.choices())
        .map(word -> didYouMean(word) + " (one of " + String.join(", ", option.choices()) + ")")
        .orElse("one of " + String.join(", ", option.choices()));
  }

  private String unknown(String name, String value) {
    Optional<String> elsewhere =
        schema.options().containsKey(InputRules.INPUT_DATASET)
            ? ConnectorWords.refused(name)
            : Optional.empty();
    return elsewhere
        .map(answer -> "no parameter of a job - " + answer)
        .orElseGet(() -> "unknown parameter - " + meant(name).orElse(otherwise(value)));
  }

  /** The option's own name, or the one that bears this label in Domo. */
  private Optional<String> meant(String name) {
    Optional<String> nearest =
        ConnectorWords.meant(name)
            .filter(schema.options()::containsKey)
            .or(() -> NearestWord.to(name, schema.options().keySet()));
    if (nearest.isEmpty()) {
      nearest =
          schema.options().values().stream()
              .filter(option -> isLabel(name, option))
              .map(Option::name)
              .findFirst();
    }
    return nearest.map(ParameterCheck::didYouMean);
  }

  /**
   * Domo's own labels are longer or shorter than the titles: "overwrite existing", "dataset id".
   */
  private static boolean isLabel(String name, Option option) {
    return NearestWord.to(name, List.of(option.title())).isPresent()
        || NearestWord.isPartOf(name, option.title())
        || NearestWord.isPartOf(option.name(), name);
  }

  private static String didYouMean(String word) {
    return "did you mean '" + word + "'?";
  }

  /** A parameter without a value is what follows the ampersand of a value, as in A&B. */
  private String otherwise(String value) {
    return isBlank(value)
        ? "a value with an & in it is written raw, as in 'RAW(A&B)'"
        : "known are " + names();
  }

  private String names() {
    return String.join(", ", schema.options().keySet());
  }

  private void problem(String option, String text) {
    problems.add(new Problem(option, text));
  }

  private static boolean isBlank(String value) {
    return value == null || value.isBlank();
  }

  private static String lowerFirst(String title) {
    return "the " + title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
  }
}
