package dev.writeback.job;

import dev.writeback.run.Checked;
import dev.writeback.run.EmptyValues;
import dev.writeback.run.NearestWord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.support.PropertyBindingSupport;

/**
 * Makes the beans of route files that know what is wrong with them, accounts and roles and keys,
 * and asks them. They are then found in the context's registry, as jobs name them. Of others only
 * the class is looked for: what making them does is not known.
 */
final class BeanCheck {

  private static final String CLASS = "#class:";

  private static final Set<String> OURS =
      new TreeSet<>(
          Set.of(
              "dev.writeback.domo.DomoAccount",
              "dev.writeback.s3.AssumedRole",
              "dev.writeback.run.EncryptionKey",
              "dev.writeback.ledger.RetryPolicy",
              "dev.writeback.ledger.Webhook"));

  private final CamelContext context;
  private final Predicate<Checked> needed;
  private final Findings found;

  /**
   * @param needed the beans that have to be right
   * @param found is told each mistake
   */
  BeanCheck(CamelContext context, Predicate<Checked> needed, Findings found) {
    this.context = context;
    this.needed = needed;
    this.found = found;
  }

  /** One bean of a file's {@code beans}; whether it has a mistake is told at its options. */
  void check(YamlNode bean) {
    String name = bean.text("name");
    String type = bean.text("type");
    if (name == null || type == null) {
      return;
    }
    Place place = bean.get("type").map(YamlNode::place).orElse(bean.place());
    String className = type.startsWith(CLASS) ? type.substring(CLASS.length()) : type;
    if (className.startsWith("#") || className.matches(".*[(#{].*")) {
      return;
    }
    Class<?> resolved = context.getClassResolver().resolveClass(className);
    if (resolved == null) {
      Optional<String> meant = NearestWord.to(className, OURS);
      found.add(place, new Problem("type", noClass(className, meant)));
      // So that jobs which name the bean are not told that there is none.
      resolved = meant.map(context.getClassResolver()::resolveClass).orElse(null);
    }
    if (resolved != null && Checked.class.isAssignableFrom(resolved)) {
      make(name, resolved, bean);
    }
  }

  private static String noClass(String name, Optional<String> meant) {
    return "no such class - '"
        + name
        + "' - "
        + meant
            .map(word -> "did you mean '" + word + "'?")
            .orElse("known are " + String.join(", ", OURS));
  }

  private void make(String name, Class<?> type, YamlNode bean) {
    Checked made = (Checked) context.getInjector().newInstance(type, false);
    Map<String, YamlNode> options = new LinkedHashMap<>();
    bean.get("properties").ifPresent(properties -> flatten("", properties, options));
    Set<String> wrong = new TreeSet<>();
    Map<String, String> empty = new LinkedHashMap<>();
    options.forEach(
        (option, value) -> {
          if (isUndefined(value)) {
            // Told where all placeholders are: it is not missing.
            wrong.add(option);
          } else {
            Placeholders.empty(context, value.text())
                .ifPresent(source -> empty.put(option, source));
            set(made, option, value)
                .ifPresent(
                    problem -> {
                      wrong.add(option);
                      found.add(value.place(), problem);
                    });
          }
        });
    EmptyValues values = EmptyValues.of(context);
    values.add(made, empty);
    for (String text : needed.test(made) ? values.problems(made) : List.<String>of()) {
      Problem problem = Problem.of(text);
      if (!wrong.contains(problem.option())) {
        Place place =
            Optional.ofNullable(options.get(problem.option()))
                .map(YamlNode::place)
                .orElse(bean.place());
        found.add(place, new Problem(problem.option(), problem.text()));
      }
    }
    context.getRegistry().bind(name, made, null, made instanceof AutoCloseable ? "close" : null);
  }

  /** As Camel does: an option of an option is called {@code one.other}. */
  private static void flatten(String prefix, YamlNode map, Map<String, YamlNode> options) {
    map.entries()
        .forEach(
            (name, value) -> {
              if (value.isMap()) {
                flatten(prefix + name + ".", value, options);
              } else {
                options.put(prefix + name, value);
              }
            });
  }

  private boolean isUndefined(YamlNode value) {
    return value.text() != null && Placeholders.problem(context, value.text()).isPresent();
  }

  private Optional<Problem> set(Checked bean, String option, YamlNode value) {
    if (value.text() == null) {
      // Told where all forms are.
      return Optional.empty();
    }
    try {
      PropertyBindingSupport.build()
          .withCamelContext(context)
          .withTarget(bean)
          .withMandatory(true)
          .withProperty(option, value.text())
          .bind();
      return Optional.empty();
    } catch (PropertyBindingException e) {
      return Optional.of(
          BeanMistake.of(e)
              .map(Problem::of)
              .orElseGet(() -> new Problem(option, "the value cannot be used")));
    }
  }
}
