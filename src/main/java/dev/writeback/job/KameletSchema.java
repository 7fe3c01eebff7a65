package dev.writeback.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The parameters of a Kamelet that takes no others: one whose schema says {@code
 * additionalProperties: false}.
 *
 * @param options by name, in the order of the file
 */
public record KameletSchema(String kamelet, Map<String, Option> options) {

  /** What the name of a Kamelet's file ends in. */
  static final String SUFFIX = ".kamelet.yaml";

  private static final String FILE = "file:";

  /** The Kamelet that comes with the program. */
  static final String OURS = "domo-s3-writeback";

  /** The one that jobs use, as it stands in the folder's Kamelets, or else in the program. */
  public static KameletSchema ours(CamelContext context) {
    return find(
            context, OURS, context.getComponent("kamelet", KameletComponent.class).getLocation())
        .orElseThrow(() -> new IllegalStateException("The Kamelet " + OURS + " is not there"));
  }

  /**
   * The schema of a strict Kamelet.
   *
   * @param locations where Kamelets are looked for, separated by commas, as Camel's Kamelet
   *     component has them; the first that has it counts
   * @return empty where there is no such file, or the Kamelet is not strict
   */
  static Optional<KameletSchema> find(CamelContext context, String kamelet, String locations) {
    return file(context, kamelet, locations).flatMap(resource -> read(kamelet, resource));
  }

  /** Whether there is a Kamelet of this name, strict or not. */
  static boolean exists(CamelContext context, String kamelet, String locations) {
    return file(context, kamelet, locations).isPresent();
  }

  private static Optional<Resource> file(CamelContext context, String kamelet, String locations) {
    return Stream.of(locations.split(","))
        .map(location -> location.endsWith("/") ? location : location + "/")
        .map(
            folder ->
                PluginHelper.getResourceLoader(context).resolveResource(folder + kamelet + SUFFIX))
        .filter(Resource::exists)
        .findFirst();
  }

  /** Those of the locations that are folders. */
  static Stream<Path> folders(String locations) {
    return Stream.of(locations.split(","))
        .filter(location -> location.startsWith(FILE))
        .map(location -> Path.of(location.substring(FILE.length())));
  }

  /** The names of the Kamelets that stand in folders, and of our own. */
  static Set<String> names(String locations) {
    Set<String> names = new TreeSet<>(Set.of(OURS));
    folders(locations)
        .flatMap(folder -> RouteSnapshot.list(folder).stream())
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(SUFFIX))
        .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
    return names;
  }

  private static Optional<KameletSchema> read(String kamelet, Resource resource) {
    Object document;
    try (InputStream in = resource.getInputStream()) {
      document = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The Kamelet " + resource.getLocation() + " is unreadable", e);
    } catch (YamlEngineException e) {
      // Camel, or the check of the files, will say so.
      return Optional.empty();
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
