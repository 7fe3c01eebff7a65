package dev.writeback.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The files that Camel has read its routes from: what stands in them, and where. */
final class RouteFiles {

  private final CamelContext context;
  private final Map<String, Optional<YamlNode>> read = new HashMap<>();

  RouteFiles(CamelContext context) {
    this.context = context;
  }

  /** As its file has it; as Camel has it where that is no YAML file. */
  RouteText text(RouteDefinition route) {
    return Optional.ofNullable(route.getLocation())
        .flatMap(location -> read.computeIfAbsent(location, this::read))
        .flatMap(file -> find(file, route.getRouteId()))
        .orElseGet(() -> RouteText.of(route));
  }

  private static Optional<RouteText> find(YamlNode file, String id) {
    return file.items().stream()
        .flatMap(element -> element.get("route").stream())
        .map(RouteText::of)
        .filter(route -> route.id().equals(id))
        .findFirst();
  }

  /** {@code file:routes/sales.camel.yaml} as a person writes it. */
  static String name(String location) {
    return location.replaceFirst("^(file|classpath):(//)?", "");
  }

  private Optional<YamlNode> read(String location) {
    Resource resource = PluginHelper.getResourceLoader(context).resolveResource(location);
    if (!location.endsWith(".yaml") || !resource.exists()) {
      return Optional.empty();
    }
    try (InputStream in = resource.getInputStream()) {
      return YamlNode.read(name(location), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | YamlEngineException e) {
      // Camel has just read it; without it a message names the job instead of the place.
      return Optional.empty();
    }
  }
}
