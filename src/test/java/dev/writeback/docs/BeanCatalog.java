package dev.writeback.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The beans that operators declare, from the catalog entries that Camel's plugin has made. */
final class BeanCatalog {

  private static final Path ENTRIES =
      Path.of("target/classes/META-INF/services/org/apache/camel/bean");

  private BeanCatalog() {}

  /** One bean; its options in the order of the class. */
  record Bean(String name, String type, String description, Map<String, Option> options) {}

  /**
   * @param defaultValue null where there is none
   * @param choices empty where any value will do
   */
  record Option(
      String name,
      String label,
      String description,
      String defaultValue,
      boolean required,
      boolean secret,
      List<String> choices,
      String type) {}

  /** In the order of their names. */
  static List<Bean> read() throws IOException {
    List<Bean> beans = new ArrayList<>();
    try (Stream<Path> files = Files.list(ENTRIES)) {
      for (Path file : files.sorted().toList()) {
        beans.add(bean(new ObjectMapper().readTree(file.toFile()).get("bean")));
      }
    }
    return beans;
  }

  private static Bean bean(JsonNode json) {
    Map<String, Option> options = new LinkedHashMap<>();
    json.get("properties")
        .properties()
        .forEach(entry -> options.put(entry.getKey(), option(entry.getKey(), entry.getValue())));
    return new Bean(
        json.get("name").asText(),
        json.get("javaType").asText(),
        json.get("description").asText(),
        options);
  }

  private static Option option(String name, JsonNode json) {
    List<String> choices = new ArrayList<>();
    json.path("enum").forEach(choice -> choices.add(choice.asText()));
    return new Option(
        name,
        json.get("displayName").asText(),
        json.path("description").asText(),
        json.has("defaultValue") ? json.get("defaultValue").asText() : null,
        json.get("required").asBoolean(),
        json.get("secret").asBoolean(),
        choices,
        json.get("type").asText());
  }
}
