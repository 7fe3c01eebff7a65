package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** That what a part of a file refers to is there: beans and the routes that wait for a call. */
final class References {

  private static final String BEAN = "#bean:";
  private static final String DIRECT = "direct:";

  /** The entries of a step that calls a method of a bean. */
  private static final Set<String> CALLS = Set.of("bean", "method");

  private final CamelContext context;
  private final Collection<String> beans;
  private final Collection<String> called;

  /**
   * @param beans the names of all that files define
   * @param called the endpoints that routes begin with
   */
  References(CamelContext context, Collection<String> beans, Collection<String> called) {
    this.context = context;
    this.beans = beans;
    this.called = called;
  }

  /**
   * @param found is told each mistake
   */
  void check(YamlNode part, Findings found) {
    part.items().forEach(item -> check(item, found));
    part.entries()
        .forEach(
            (name, value) -> {
              named(name, value)
                  .flatMap(bean -> missing(name, bean))
                  .ifPresent(problem -> found.add(value.place(), problem));
              if (CALLS.contains(name)) {
                value
                    .get("ref")
                    .ifPresent(
                        entry ->
                            missing("ref", entry.text())
                                .ifPresent(problem -> found.add(entry.place(), problem)));
              }
              check(value, found);
            });
    if (part.isMap() && part.text("uri") != null) {
      called(EndpointText.of(part), found);
    }
  }

  private static Optional<String> named(String option, YamlNode value) {
    String text = value.text();
    if (text == null) {
      return Optional.empty();
    }
    if (text.startsWith(BEAN)) {
      return Optional.of(text.substring(BEAN.length()));
    }
    return option.endsWith("Ref") && !text.startsWith("#") ? Optional.of(text) : Optional.empty();
  }

  private Optional<Problem> missing(String option, String bean) {
    if (bean == null
        || bean.contains("{{")
        || beans.contains(bean)
        || context.getRegistry().lookupByName(bean) != null) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            option, "no file defines this bean - '" + bean + "' - " + nearest(bean, beans)));
  }

  private void called(EndpointText endpoint, Findings found) {
    String path = endpoint.path();
    if (path.startsWith(DIRECT) && !path.contains("{") && !called.contains(path)) {
      Set<String> waiting = new TreeSet<>(called);
      waiting.removeIf(each -> !each.startsWith(DIRECT));
      found.add(
          endpoint.place("uri"),
          new Problem(
              "uri", "no route begins with it - '" + path + "' - " + nearest(path, waiting)));
    }
  }

  private static String nearest(String word, Collection<String> known) {
    String all = known.isEmpty() ? "there is none" : "known are " + String.join(", ", known);
    return NearestWord.to(word, known).map(near -> "did you mean '" + near + "'?").orElse(all);
  }
}
