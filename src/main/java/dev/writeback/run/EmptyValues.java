package dev.writeback.run;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/**
 * From where the options of beans have got nothing: who has set a bean by placeholders has to set
 * what they name, not the bean. Thread-safe.
 */
public final class EmptyValues {

  private static final String MISSING = " - missing";

  private final Map<Checked, Map<String, String>> sources =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private EmptyValues() {}

  /** Those of a context. */
  public static synchronized EmptyValues of(CamelContext context) {
    ExtendedCamelContext extension = context.getCamelContextExtension();
    EmptyValues values = extension.getContextPlugin(EmptyValues.class);
    if (values == null) {
      values = new EmptyValues();
      extension.addContextPlugin(EmptyValues.class, values);
    }
    return values;
  }

  /**
   * @param sources in words, by option
   */
  public void add(Checked bean, Map<String, String> sources) {
    this.sources.put(bean, new HashMap<>(sources));
  }

  /** The bean's {@link Checked#problems}; of an option that is missing also where it comes from. */
  public List<String> problems(Checked bean) {
    Map<String, String> known = sources.getOrDefault(bean, Map.of());
    return bean.problems().stream().map(problem -> told(problem, known)).toList();
  }

  private static String told(String problem, Map<String, String> known) {
    int end = problem.indexOf(MISSING);
    String source = end < 0 ? null : known.get(problem.substring(0, end));
    return source == null
        ? problem
        : problem.substring(0, end + MISSING.length())
            + ", "
            + source
            + problem.substring(end + MISSING.length());
  }
}
