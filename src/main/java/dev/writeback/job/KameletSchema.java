package dev.writeback.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The parameters of a Kamelet that takes no others: one whose schema says {@code
 * additionalProperties: false}.
 *
 * @param options by name, in the order of the file
 */
record KameletSchema(String kamelet, Map<String, Option> options) {

  /**
   * The schema of a strict Kamelet.
   *
   * @param locations where Kamelets are looked for, separated by commas, as Camel's Kamelet
   *     component has them; the first that has it counts
   * @return empty where there is no such file, or the Kamelet is not strict
   */
  static Optional<KameletSchema> find(CamelContext context, String kamelet, String locations) {
    for (String location : locations.split(",")) {
      String folder = location.endsWith("/") ? location : location + "/";
      Resource resource =
          PluginHelper.getResourceLoader(context)
              .resolveResource(folder + kamelet + ".kamelet.yaml");
      if (resource.exists()) {
        return read(kamelet, resource);
      }
    }
    return Optional.empty();
  }

  private static Optional<KameletSchema> read(String kamelet, Resource resource) {
    Object document;
    try (InputStream in = resource.getInputStream()) {
      document = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The Kamelet " + resource.getLocation() + " is unreadable", e);
    }
    Map<?, ?> definition = map(map(map(document).get("spec")).get("definition"));
    if (!Boolean.FALSE.equals(definition.get("additionalProperties"))) {
      return Optional.empty();
    }
    List<?> required = definition.get("required") instanceof List<?> names ? names : List.of();
    Map<String, Option> options = new LinkedHashMap<>();
    map(definition.get("properties"))
        .forEach(
            (name, schema) ->
                options.put(
                    name.toString(),
                    Option.of(name.toString(), map(schema), required.contains(name))));
    return Optional.of(new KameletSchema(kamelet, options));
  }

  private static Map<?, ?> map(Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }
}
