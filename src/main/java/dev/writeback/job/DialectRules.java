package dev.writeback.job;

import dev.writeback.format.DelimitedDataFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PropertyBindingSupport;

/** What a schema cannot say of the format of the rows: which of its options go together. */
final class DialectRules {

  private static final String FORMAT = "format";
  private static final String ENGINE = "csvEngine";
  private static final String QUOTE_MODE = "quoteMode";
  private static final String LINE_END = "lineEnd";
  private static final String AS_DOMO = "asDomo";

  /** Those of delimited text that JSON has no use for. */
  private static final Set<String> CSV_ONLY =
      Set.of(
          "delimiter",
          "quote",
          "escape",
          QUOTE_MODE,
          "header",
          "nullText",
          LINE_END,
          "charset",
          "byteOrderMark",
          ENGINE);

  /** All that are looked at here; a schema that lacks one is another Kamelet's. */
  static final Set<String> OPTIONS = options();

  private DialectRules() {}

  private static Set<String> options() {
    Set<String> options = new HashSet<>(CSV_ONLY);
    options.add(FORMAT);
    options.add("nullIn");
    return Set.copyOf(options);
  }

  /**
   * @param parameters of a use in which each of {@link #OPTIONS} has been found right by itself
   */
  static List<Problem> of(CamelContext context, Map<String, String> parameters) {
    List<Problem> problems = new ArrayList<>();
    if ("jsonl".equals(parameters.get(FORMAT))) {
      parameters.forEach(
          (option, value) -> {
            if (CSV_ONLY.contains(option)) {
              problems.add(
                  new Problem(
                      option,
                      "not for format jsonl - '" + value + "' - leave it out, or choose csv"));
            }
          });
      return problems;
    }
    if ("camel".equals(parameters.get(ENGINE))) {
      checkEngine(parameters, QUOTE_MODE, "minimal or all", problems);
      checkEngine(parameters, LINE_END, "lf or crlf", problems);
    }
    dialect(context, parameters).problems().stream().map(Problem::of).forEach(problems::add);
    return problems;
  }

  /** Camel's reader does not tell what Domo has quoted, nor what ended a record. */
  private static void checkEngine(
      Map<String, String> parameters, String option, String others, List<Problem> problems) {
    if (AS_DOMO.equals(parameters.get(option))) {
      problems.add(
          new Problem(
              option,
              "not with csvEngine camel - '" + AS_DOMO + "' - leave it out, or choose " + others));
    }
  }

  private static DelimitedDataFormat dialect(CamelContext context, Map<String, String> parameters) {
    Map<String, Object> chosen = new LinkedHashMap<>(parameters);
    chosen.keySet().retainAll(OPTIONS);
    chosen.remove(FORMAT);
    chosen.remove(ENGINE);
    DelimitedDataFormat dialect = new DelimitedDataFormat();
    PropertyBindingSupport.build().withReference(false).bind(context, dialect, chosen);
    return dialect;
  }
}
