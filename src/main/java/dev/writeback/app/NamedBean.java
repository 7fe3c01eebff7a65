package dev.writeback.app;

import dev.writeback.run.Checked;
import dev.writeback.run.EmptyValues;
import dev.writeback.run.NearestWord;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;

/** A bean of the accounts file, as an option of the command line names it. */
final class NamedBean {

  private NamedBean() {}

  /**
   * One with which nothing is wrong.
   *
   * @param option as in {@code --account}
   * @param name null where the option was left out: then the only one of its type
   * @throws RunException if there is no such bean, no telling which, or something is wrong with it
   */
  static <T extends Checked> T sound(
      CamelContext context, Class<T> type, String option, String name) {
    T bean = find(context, type, option, name);
    List<String> problems = EmptyValues.of(context).problems(bean);
    if (!problems.isEmpty()) {
      throw new RunException(
          Outcome.CONFIGURATION, false, option + ": " + String.join("; ", problems));
    }
    return bean;
  }

  /** The same, whatever is wrong with it. */
  static <T> T find(CamelContext context, Class<T> type, String option, String name) {
    Map<String, T> known = new TreeMap<>(context.getRegistry().findByTypeWithName(type));
    String found = name == null && known.size() == 1 ? known.keySet().iterator().next() : name;
    if (found == null || !known.containsKey(found)) {
      throw wrong(
          option + (found == null ? " - missing" : " - no such bean - '" + found + "'"),
          found,
          known.keySet());
    }
    return known.get(found);
  }

  private static RunException wrong(String what, String name, Set<String> known) {
    String names = known.isEmpty() ? "routes/ has none" : "there are " + String.join(", ", known);
    String right =
        NearestWord.to(Objects.toString(name, ""), known)
            .map(word -> "did you mean '" + word + "'?")
            .orElse(names);
    return new RunException(Outcome.CONFIGURATION, false, what + " - " + right);
  }
}
