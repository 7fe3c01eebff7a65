package dev.writeback.job;

import dev.writeback.run.NearestWord;
import java.beans.BeanInfo;
import java.beans.FeatureDescriptor;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.PropertyBindingException;

/**
 * Why a property of a bean could not be set, in words for who wrote the file. Camel's own words
 * show the value, which may be a secret.
 */
public final class BeanMistake {

  private BeanMistake() {}

  /** Empty for a failure that is not about a bean's property. */
  public static Optional<String> of(Throwable failure) {
    return failure instanceof PropertyBindingException binding && binding.getPropertyName() != null
        ? Optional.of(words(binding))
        : Optional.empty();
  }

  private static String words(PropertyBindingException binding) {
    String name = binding.getPropertyName();
    String prefix = prefix(binding);
    Class<?> bean =
        binding.getTarget() instanceof Class<?> type ? type : binding.getTarget().getClass();
    Map<String, PropertyDescriptor> known = settable(bean);
    PropertyDescriptor property = known.get(name);
    if (property != null) {
      return prefix
          + name
          + " - the value cannot be used - it has to be "
          + right(property.getPropertyType());
    }
    return prefix
        + name
        + " - unknown property of a "
        + bean.getSimpleName()
        + " - "
        + NearestWord.to(name, known.keySet())
            .map(word -> "did you mean '" + prefix + word + "'?")
            .orElse("known are " + String.join(", ", known.keySet()));
  }

  /** Of a setting of Camel's own, {@code camel.main.}; else empty. */
  private static String prefix(PropertyBindingException binding) {
    String prefix = binding.getOptionPrefix();
    return prefix == null || prefix.isEmpty() || prefix.endsWith(".")
        ? Objects.requireNonNullElse(prefix, "")
        : prefix + ".";
  }

  private static String right(Class<?> type) {
    if (type == Duration.class) {
      return "a time such as 30s or 5m";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    return "a " + type.getSimpleName();
  }

  private static Map<String, PropertyDescriptor> settable(Class<?> bean) {
    try {
      BeanInfo info = Introspector.getBeanInfo(bean);
      return Stream.of(info.getPropertyDescriptors())
          .filter(property -> property.getWriteMethod() != null)
          .collect(
              Collectors.toMap(
                  FeatureDescriptor::getName,
                  Function.identity(),
                  (one, other) -> one,
                  TreeMap::new));
    } catch (IntrospectionException e) {
      return Map.of();
    }
  }
}
