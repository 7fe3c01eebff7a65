package dev.writeback.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * A route as somebody has written it, as far as jobs are checked by it.
 *
 * @param id empty where it has none
 * @param configuration the ids of its route configurations, or null
 * @param ownErrorHandler whether it states an error handler of its own
 * @param steps every endpoint that it sends to, in the order of the file
 * @param places where its options stand
 * @param place where it stands itself
 */
record RouteText(
    String id,
    String configuration,
    boolean ownErrorHandler,
    EndpointText from,
    List<EndpointText> steps,
    Map<String, Place> places,
    Place place) {

  private static final String CONFIGURATION = "routeConfigurationId";

  /**
   * @param route the map below {@code route:}
   */
  static RouteText of(YamlNode route) {
    Map<String, YamlNode> options = route.entries();
    List<EndpointText> steps = new ArrayList<>();
    Optional<YamlNode> from = route.get("from");
    from.flatMap(start -> start.get("steps")).ifPresent(list -> collect(list, steps));
    return new RouteText(
        Optional.ofNullable(route.text("id")).orElse(""),
        route.text(CONFIGURATION),
        options.containsKey("errorHandler") || options.containsKey("errorHandlerRef"),
        from.map(EndpointText::of).orElseGet(() -> EndpointText.of(null, route.place())),
        steps,
        places(options),
        route.place());
  }

  private static Map<String, Place> places(Map<String, YamlNode> options) {
    return options.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, option -> option.getValue().place()));
  }

  private static void collect(YamlNode node, List<EndpointText> steps) {
    node.items().forEach(item -> collect(item, steps));
    node.entries()
        .forEach(
            (name, value) -> {
              if (name.equals("to")) {
                steps.add(EndpointText.of(value));
              } else if (!name.equals("parameters")) {
                collect(value, steps);
              }
            });
  }

  /** Of a route that Camel has read from somewhere; its places are not known. */
  static RouteText of(RouteDefinition route) {
    return new RouteText(
        Optional.ofNullable(route.getRouteId()).orElse(""),
        route.getRouteConfigurationId(),
        route.isErrorHandlerFactorySet(),
        EndpointText.of(route.getInput().getEndpointUri(), Place.UNKNOWN),
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)
            .stream()
            .map(step -> EndpointText.of(step.getEndpointUri(), Place.UNKNOWN))
            .toList(),
        Map.of(),
        Place.UNKNOWN);
  }

  /** Where an option stands, or else the route. */
  Place place(String option) {
    return places.getOrDefault(option, place);
  }
}
