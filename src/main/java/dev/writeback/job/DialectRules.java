package dev.writeback.job;

import dev.writeback.format.DelimitedDataFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.PropertyBindingSupport;

/** What a schema cannot say of the format of the rows: which of its options go together. */
final class DialectRules {

  private static final String FORMAT = "format";
  private static final String ENGINE = "csvEngine";
  private static final String DELIMITER = "delimiter";
  private static final String QUOTE = "quote";
  private static final String ESCAPE = "escape";
  private static final String QUOTE_MODE = "quoteMode";
  private static final String NULL_TEXT = "nullText";
  private static final String NULL_IN = "nullIn";
  private static final String LINE_END = "lineEnd";
  private static final String CHARSET = "charset";
  private static final String BYTE_ORDER_MARK = "byteOrderMark";
  private static final String AS_DOMO = "asDomo";

  /** Those of delimited text that JSON has no use for. */
  private static final Set<String> CSV_ONLY =
      Set.of(
          DELIMITER,
          QUOTE,
          ESCAPE,
          QUOTE_MODE,
          "header",
          NULL_TEXT,
          LINE_END,
          CHARSET,
          BYTE_ORDER_MARK,
          ENGINE);

  private static final Set<String> CHARACTERS = Set.of(FORMAT, DELIMITER, QUOTE, ESCAPE);

  private DialectRules() {}

  static List<Rule> all() {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule(Set.of(FORMAT), DialectRules::json));
    rules.add(engine(QUOTE_MODE, "minimal or all"));
    rules.add(engine(LINE_END, "lf or crlf"));
    rules.addAll(Rule.each(Map.of(CHARSET, Set.of(FORMAT, CHARSET)), DialectRules::dialect));
    rules.addAll(
        Rule.each(
            Map.of(
                QUOTE,
                CHARACTERS,
                ESCAPE,
                CHARACTERS,
                QUOTE_MODE,
                Set.of(FORMAT, QUOTE, QUOTE_MODE),
                BYTE_ORDER_MARK,
                Set.of(FORMAT, CHARSET, BYTE_ORDER_MARK)),
            DialectRules::dialect));
    rules.addAll(
        Rule.each(Map.of(NULL_TEXT, with(CHARACTERS, NULL_TEXT, NULL_IN)), DialectRules::dialect));
    rules.addAll(
        Rule.each(
            Map.of(NULL_TEXT, with(CHARACTERS, NULL_TEXT, NULL_IN, CHARSET)),
            DialectRules::dialect));
    return rules;
  }

  private static Set<String> with(Set<String> options, String... more) {
    Set<String> all = new HashSet<>(options);
    all.addAll(List.of(more));
    return all;
  }

  private static boolean isJson(JobStep step) {
    return "jsonl".equals(step.get(FORMAT));
  }

  private static List<Problem> json(JobStep step) {
    return isJson(step)
        ? step.parameters().entrySet().stream()
            .filter(parameter -> CSV_ONLY.contains(parameter.getKey()))
            .map(
                parameter ->
                    new Problem(
                        parameter.getKey(),
                        "not for format jsonl - '"
                            + parameter.getValue()
                            + "' - leave it out, or choose csv"))
            .toList()
        : List.of();
  }

  /** Camel's reader does not tell what Domo has quoted, nor what ended a record. */
  private static Rule engine(String option, String others) {
    return new Rule(
        Set.of(FORMAT, ENGINE, option),
        step ->
            "camel".equals(step.get(ENGINE)) && AS_DOMO.equals(step.get(option)) && !isJson(step)
                ? List.of(
                    new Problem(
                        option,
                        "not with csvEngine camel - '"
                            + AS_DOMO
                            + "' - leave it out, or choose "
                            + others))
                : List.of());
  }

  private static List<Problem> dialect(JobStep step) {
    if (isJson(step)) {
      return List.of();
    }
    Map<String, Object> chosen = new LinkedHashMap<>(step.parameters());
    chosen.remove(FORMAT);
    DelimitedDataFormat dialect = new DelimitedDataFormat();
    PropertyBindingSupport.build().withReference(false).bind(step.context(), dialect, chosen);
    return dialect.problems().stream().map(Problem::of).toList();
  }
}
