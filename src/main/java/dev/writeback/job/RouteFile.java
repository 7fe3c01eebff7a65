package dev.writeback.job;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A route file that could be read as YAML.
 *
 * @param name as a person knows it
 * @param content the list of its elements
 */
record RouteFile(String name, YamlNode content) {

  /** What stands below each element of a name, such as {@code route}. */
  Stream<YamlNode> elements(String name) {
    return content.items().stream().flatMap(element -> element.get(name).stream());
  }

  Stream<RouteText> routes() {
    return elements("route").map(RouteText::of);
  }

  Stream<YamlNode> beans() {
    return elements("beans").flatMap(beans -> beans.items().stream());
  }

  /** The ids of its route configurations. */
  List<String> configurations() {
    return elements("routeConfiguration")
        .map(configuration -> configuration.text("id"))
        .filter(id -> id != null)
        .toList();
  }

  /** Every endpoint of a part of the file: what has a {@code uri}. */
  static Stream<EndpointText> endpoints(YamlNode part) {
    Map<String, YamlNode> entries = part.entries();
    Stream<EndpointText> own =
        entries.containsKey("uri") ? Stream.of(EndpointText.of(part)) : Stream.of();
    return Stream.concat(
        own,
        Stream.concat(
            part.items().stream().flatMap(RouteFile::endpoints),
            entries.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("parameters"))
                .flatMap(entry -> endpoints(entry.getValue()))));
  }

  /** Every text of a part of the file, with where it, or the key before it, stands. */
  static Stream<YamlNode> texts(YamlNode part) {
    return part.isText()
        ? Stream.of(part)
        : Stream.concat(part.items().stream(), part.entries().values().stream())
            .flatMap(RouteFile::texts);
  }
}
