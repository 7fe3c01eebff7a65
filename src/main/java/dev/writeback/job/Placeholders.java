package dev.writeback.job;

import dev.writeback.run.NearestWord;
import dev.writeback.run.SecretFile;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** Whether something defines the placeholders of a text. */
public final class Placeholders {

  private static final Pattern ONE = Pattern.compile("\\{\\{\\??([^{}]+?)(:[^{}]*)?}}");

  /**
   * More steps from setting to setting than anybody takes; two that name each other have no end.
   */
  private static final int DEEPEST = 9;

  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\??env:([^{}:]+)");

  /** As nobody calls a setting. */
  private static final Pattern LIKE_A_VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*_[A-Z0-9_]+");

  private Placeholders() {}

  /** What is wrong with a text's placeholders; empty where each has a value. */
  static Optional<String> problem(CamelContext context, String text) {
    if (!text.contains("{{")) {
      return Optional.empty();
    }
    try {
      context.resolvePropertyPlaceholders(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      Optional<String> unreadable = unreadable(e);
      if (unreadable.isPresent()) {
        return unreadable;
      }
      return Optional.of(undefined(context, text));
    }
  }

  /** The setting whose value a text is, if it is one's in the settings of the context. */
  static Optional<String> setting(CamelContext context, String text) {
    Matcher one = ONE.matcher(text.strip());
    return one.matches()
            && context.getPropertiesComponent().loadProperties().getProperty(one.group(1)) != null
        ? Optional.of(one.group(1))
        : Optional.empty();
  }

  /** What a text's placeholders name that is empty, in words; nothing where something is there. */
  static Optional<String> empty(CamelContext context, String text) {
    if (text == null
        || !text.contains("{{")
        || !context.resolvePropertyPlaceholders(text).isBlank()) {
      return Optional.empty();
    }
    Properties settings = context.getPropertiesComponent().loadProperties();
    String named = text;
    Optional<String> source = Optional.empty();
    // Each setting may name another; none names itself, or nothing would have resolved.
    for (Matcher one = ONE.matcher(named); one.find(); one = ONE.matcher(named)) {
      Matcher variable = VARIABLE.matcher(one.group());
      if (variable.lookingAt()) {
        return Optional.of("the environment variable " + variable.group(1) + " is not set");
      }
      source = Optional.of("the setting " + one.group(1) + " is empty");
      named = settings.getProperty(one.group(1), "");
    }
    return source;
  }

  /** A file that a setting names, maybe by way of another setting. */
  private static Optional<String> unreadable(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .filter(SecretFile.UnreadableException.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst();
  }

  /**
   * What is wrong with the placeholders in a setting's value, which is not shown; empty where each
   * has a value, also where there is no such setting.
   *
   * @param name of the setting, such as {@code ledger.url}
   */
  public static Optional<String> ofSetting(CamelContext context, String name) {
    String text = "{{" + name + ":}}";
    try {
      context.resolvePropertyPlaceholders(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return unreadable(e)
          .or(
              () -> {
                String value = Undefined.of(context, text).text();
                return Optional.of(
                    firstUndefined(context, value)
                        .filter(one -> !one.group(1).equals(name))
                        .map(
                            one ->
                                "nothing defines what it names - '"
                                    + one.group()
                                    + "' - "
                                    + advice(context, value))
                        .orElse("a placeholder in it does not end - write it as {{name}}"));
              });
    }
  }

  private static String undefined(CamelContext context, String text) {
    Undefined undefined = Undefined.of(context, text);
    String shown = "'" + text + "'";
    if (undefined.setting() != null) {
      shown += ", by way of the setting " + undefined.setting();
    }
    return "nothing defines this placeholder - "
        + shown
        + " - "
        + advice(context, undefined.text());
  }

  /**
   * Where a placeholder stands that cannot be resolved. A value may be part of a secret.
   *
   * @param text that names it
   * @param setting whose value that is; null where it is none's
   */
  private record Undefined(String text, String setting) {

    /** What a setting says may name another. */
    static Undefined of(CamelContext context, String text) {
      Properties settings = context.getPropertiesComponent().loadProperties();
      Undefined found = new Undefined(text, null);
      for (int depth = 0; depth < DEEPEST; depth++) {
        String setting =
            firstUndefined(context, found.text()).map(one -> one.group(1)).orElse(null);
        String value = setting == null ? null : settings.getProperty(setting);
        if (value == null) {
          break;
        }
        found = new Undefined(value, setting);
      }
      return found;
    }
  }

  /** The first placeholder that cannot be resolved. */
  private static Optional<Matcher> firstUndefined(CamelContext context, String text) {
    Matcher placeholder = ONE.matcher(text);
    while (placeholder.find()) {
      if (isUndefined(context, placeholder.group())) {
        return Optional.of(placeholder);
      }
    }
    return Optional.empty();
  }

  private static String advice(CamelContext context, String text) {
    Optional<Matcher> placeholder = firstUndefined(context, text);
    if (placeholder.isEmpty()) {
      return "write it as {{name}}";
    }
    Matcher variable = VARIABLE.matcher(placeholder.get().group());
    if (variable.lookingAt()) {
      return "set the environment variable " + variable.group(1);
    }
    String name = placeholder.get().group(1);
    return LIKE_A_VARIABLE.matcher(name).matches()
        ? "set the environment variable " + name + ", or add it to application.properties"
        : nearest(context, name).orElse("add it to application.properties");
  }

  private static boolean isUndefined(CamelContext context, String placeholder) {
    try {
      context.resolvePropertyPlaceholders(placeholder);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** Where one part of the name is right: of two settings of one bean, the other is not meant. */
  private static Optional<String> nearest(CamelContext context, String name) {
    String group = name.substring(0, name.lastIndexOf('.') + 1);
    String option = name.substring(group.length());
    Set<String> inGroup = new TreeSet<>();
    Set<String> inOthers = new TreeSet<>();
    for (String known : context.getPropertiesComponent().loadProperties().stringPropertyNames()) {
      if (known.startsWith(group)) {
        inGroup.add(known.substring(group.length()));
      } else if (known.endsWith("." + option)) {
        inOthers.add(known);
      }
    }
    return NearestWord.to(option, inGroup)
        .map(group::concat)
        .or(() -> NearestWord.to(name, inOthers))
        .map(word -> "did you mean '{{" + word + "}}'? Or add it to application.properties");
  }
}
