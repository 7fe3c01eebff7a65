package dev.writeback.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.run.NearestWord;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.util.TimeUtils;

/**
 * Whether there is an endpoint's component, and whether its options are some of the component's, by
 * the component's own catalog entry. A Kamelet's parameters are for {@link ParameterCheck}.
 */
final class EndpointCheck {

  private static final String INDEX = "META-INF/services/org/apache/camel/component.properties";
  private static final Set<String> OURS = Set.of("domo", "ledger", "pipe");

  private final CamelContext context;
  private final Map<String, JsonNode> entries = new HashMap<>();

  EndpointCheck(CamelContext context) {
    this.context = context;
  }

  List<Problem> of(EndpointText endpoint) {
    String scheme;
    try {
      scheme = context.resolvePropertyPlaceholders(endpoint.scheme());
    } catch (IllegalArgumentException e) {
      // A placeholder that nothing defines is told where it stands.
      return List.of();
    }
    if (scheme.equals(Kamelet.SCHEME)) {
      return kamelet(endpoint).map(List::of).orElse(List.of());
    }
    if (scheme.isEmpty()) {
      return List.of();
    }
    JsonNode entry = entries.computeIfAbsent(scheme, this::read);
    if (entry.isMissingNode()) {
      return context.getComponent(scheme) == null ? List.of(unknown(scheme)) : List.of();
    }
    List<Problem> problems = new ArrayList<>();
    endpoint.parameters().forEach((name, value) -> check(scheme, entry, name, value, problems));
    return problems;
  }

  private Optional<Problem> kamelet(EndpointText endpoint) {
    String name = KameletUse.of(context, endpoint).kamelet();
    String locations = context.getComponent(Kamelet.SCHEME, KameletComponent.class).getLocation();
    return KameletSchema.exists(context, name, locations)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "uri",
                "no such Kamelet - '"
                    + name
                    + "' - "
                    + nearest(name, KameletSchema.names(locations))));
  }

  private Problem unknown(String scheme) {
    return new Problem(
        "uri", "no such component - '" + scheme + "' - " + nearest(scheme, schemes()));
  }

  private static String nearest(String word, Set<String> known) {
    return NearestWord.to(word, known)
        .map(near -> "did you mean '" + near + "'?")
        .orElse("known are " + String.join(", ", known));
  }

  private Set<String> schemes() {
    Set<String> schemes = new TreeSet<>(OURS);
    try {
      for (URL index : Collections.list(getClass().getClassLoader().getResources(INDEX))) {
        try (InputStream in = index.openStream()) {
          Properties properties = new Properties();
          properties.load(in);
          schemes.addAll(List.of(properties.getProperty("components", "").split("\\s+")));
        }
      }
    } catch (IOException e) {
      return schemes;
    }
    return schemes;
  }

  private JsonNode read(String scheme) {
    try {
      String entry = ((CatalogCamelContext) context).getComponentParameterJsonSchema(scheme);
      return new ObjectMapper().readTree(entry == null ? "" : entry);
    } catch (IOException e) {
      throw new IllegalStateException("The catalog entry of " + scheme + " is unreadable", e);
    }
  }

  private void check(
      String scheme, JsonNode entry, String name, String value, List<Problem> problems) {
    JsonNode options = entry.path("properties");
    JsonNode option = options.path(name);
    if (option.isMissingNode() || option.path("kind").asText().equals("path")) {
      if (!entry.path("component").path("lenientProperties").asBoolean()
          && !isOfGroup(options, name)) {
        problems.add(
            new Problem(
                name, "unknown parameter of " + scheme + " - " + nearest(name, names(options))));
      }
      return;
    }
    String type = option.path("type").asText();
    List<String> choices = new ArrayList<>();
    option.path("enum").forEach(choice -> choices.add(choice.asText()));
    resolved(value)
        .filter(text -> !text.isBlank() && !text.startsWith("#"))
        .flatMap(text -> wrong(type, choices, text))
        .ifPresent(text -> problems.add(new Problem(name, text)));
  }

  private Optional<String> resolved(String value) {
    try {
      return Optional.of(context.resolvePropertyPlaceholders(value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> wrong(String type, List<String> choices, String value) {
    String text = null;
    if (type.equals("boolean") && !value.matches("(?i)true|false")) {
      text = "neither true nor false - '" + value + "' - true or false";
    } else if (type.equals("integer") && !value.matches("[+-]?\\d+")) {
      text = "not a whole number - '" + value + "' - digits only";
    } else if (type.equals("duration") && !isDuration(value)) {
      text = "no duration - '" + value + "' - such as 30s or 15m";
    } else if (!choices.isEmpty()
        && choices.stream().noneMatch(choice -> choice.equalsIgnoreCase(value))) {
      text = "no such choice - '" + value + "' - one of " + String.join(", ", choices);
    }
    return Optional.ofNullable(text);
  }

  private static boolean isDuration(String value) {
    try {
      return !TimeUtils.toDuration(value).isNegative();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  /** Options such as {@code trigger.timeZone} belong to a group that has a prefix. */
  private static boolean isOfGroup(JsonNode options, String name) {
    for (JsonNode option : options) {
      String prefix = option.path("prefix").asText();
      if (!prefix.isEmpty() && name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> names(JsonNode options) {
    Set<String> names = new TreeSet<>();
    options
        .properties()
        .forEach(
            option -> {
              if (option.getValue().path("kind").asText().equals("parameter")) {
                names.add(option.getKey());
              }
            });
    return names;
  }
}
