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
final class Placeholders {

  private static final Pattern ONE = Pattern.compile("\\{\\{\\??([^{}]+?)(:[^{}]*)?}}");
  private static final String ENVIRONMENT = "env:";

  /**
   * More steps from setting to setting than anybody takes; two that name each other have no end.
   */
  private static final int DEEPEST = 9;

  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\??env:([^{}:]+)");

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

  private static String undefined(CamelContext context, String text) {
    Properties settings = context.getPropertiesComponent().loadProperties();
    String named = text;
    String shown = "'" + text + "'";
    // What a setting says may name another; a value is not shown, since it may be part of a secret.
    for (int depth = 0; depth < DEEPEST; depth++) {
      String setting = undefinedSetting(context, named);
      String value = setting == null ? null : settings.getProperty(setting);
      if (value == null) {
        break;
      }
      named = value;
      shown = "'" + text + "', by way of the setting " + setting;
    }
    return "nothing defines this placeholder - " + shown + " - " + advice(context, named);
  }

  /** The name in the first placeholder that cannot be resolved; null where there is none. */
  private static String undefinedSetting(CamelContext context, String text) {
    Matcher placeholder = ONE.matcher(text);
    while (placeholder.find()) {
      if (isUndefined(context, placeholder.group())) {
        return placeholder.group(1);
      }
    }
    return null;
  }

  private static String advice(CamelContext context, String text) {
    Matcher placeholder = ONE.matcher(text);
    while (placeholder.find()) {
      if (isUndefined(context, placeholder.group())) {
        return placeholder.group().startsWith("{{" + ENVIRONMENT)
            ? "set the environment variable "
                + placeholder.group().replaceAll("[{}?]|" + ENVIRONMENT, "")
            : nearest(context, placeholder.group(1)).orElse("add it to application.properties");
      }
    }
    return "write it as {{name}}";
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
