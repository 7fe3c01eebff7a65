package dev.writeback.job;

import dev.writeback.job.RoutePart.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Puts routes and what they are made of into a running context, and takes them out again with all
 * that Camel has made for them. Not thread-safe.
 */
final class RouteLoading {

  private static final String PARENT = "parentRouteId";

  private final CamelContext context;
  private final Model model;
  private final BeanInstances beans;
  private final Map<RoutePart.Key, RoutePart> bound = new LinkedHashMap<>();

  /**
   * @param loaded what the context has been started with, each part after all that it is made of
   */
  RouteLoading(CamelContext context, Collection<RoutePart> loaded) {
    this.context = context;
    this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
    this.beans = new BeanInstances(context);
    for (RoutePart part : loaded) {
      if (part.kind() == Kind.BEAN) {
        beans.loaded(part);
      }
      if (part.kind() != Kind.ROUTE) {
        bound.put(part.key(), part);
      }
    }
  }

  /**
   * Lets names mean these parts from now on, for routes that are loaded later; loads the routes
   * among them and starts these.
   *
   * @param parts each after all that it is made of
   * @param files where their Kamelets are read
   */
  void bind(Collection<RoutePart> parts, RouteSnapshot files) throws Exception {
    SnapshotResources.in(context).serve(files);
    for (RoutePart part : parts) {
      switch (part.kind()) {
        case BEAN -> beans.bind(part);
        case CONFIGURATION -> {
          if (isNew(part)) {
            // Where it cannot be read, the one before is read again.
            bound.remove(part.key());
            removeConfiguration(part.name());
            read(part);
          }
        }
        case KAMELET -> {
          if (isNew(part)) {
            removeKamelet(part.name());
          }
        }
        case ROUTE -> read(part);
        case OTHER -> {}
      }
      if (part.kind() != Kind.ROUTE) {
        bound.put(part.key(), part);
      }
    }
  }

  /** What names mean now, each after all that it is made of. */
  List<RoutePart> bound() {
    return List.copyOf(bound.values());
  }

  private boolean isNew(RoutePart part) {
    return !part.equals(bound.get(part.key()));
  }

  private void read(RoutePart part) throws Exception {
    List<EventNotifier> notifiers = List.copyOf(notifiers());
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.fromString("file:" + part.file(), part.yaml()));
    removeRepeated(notifiers);
  }

  /** Camel's HTTP server adds one more of its own with each route that starts. */
  private void removeRepeated(List<EventNotifier> before) {
    for (EventNotifier notifier : List.copyOf(notifiers())) {
      if (!before.contains(notifier)
          && before.stream().anyMatch(each -> each.getClass().equals(notifier.getClass()))) {
        context.getManagementStrategy().removeEventNotifier(notifier);
      }
    }
  }

  private List<EventNotifier> notifiers() {
    return context.getManagementStrategy().getEventNotifiers();
  }

  /** Ends what no route needs any longer. */
  void retain(Set<RoutePart> needed) throws Exception {
    for (RoutePart part : List.copyOf(bound.values())) {
      if (!needed.contains(part)) {
        switch (part.kind()) {
          case CONFIGURATION -> removeConfiguration(part.name());
          case KAMELET -> removeKamelet(part.name());
          case BEAN, ROUTE, OTHER -> {}
        }
        bound.remove(part.key());
      }
    }
    beans.retain(needed);
  }

  private void removeConfiguration(String id) throws Exception {
    for (var configuration : List.copyOf(model.getRouteConfigurationDefinitions())) {
      if (id.equals(configuration.getId())) {
        model.removeRouteConfiguration(configuration);
      }
    }
  }

  /** It is read again when the next route uses it. */
  private void removeKamelet(String name) throws Exception {
    RouteTemplateDefinition template = model.getRouteTemplateDefinition(name);
    if (template != null) {
      model.removeRouteTemplateDefinition(template);
    }
  }

  /** Stops a route that nobody uses, and removes it with the routes of its Kamelets. */
  void remove(String route) throws Exception {
    RouteDefinition definition = model.getRouteDefinition(route);
    List<RouteDefinition> kamelets =
        model.getRouteDefinitions().stream().filter(each -> isOf(each, route)).toList();
    if (definition != null) {
      model.removeRouteDefinition(definition);
    }
    for (RouteDefinition kamelet : kamelets) {
      remove(kamelet.getRouteId());
    }
    removeLeft(route);
  }

  /** Camel leaves what it has ended where a first try to remove the route has failed. */
  private void removeLeft(String route) throws Exception {
    Route left = context.getRoute(route);
    if (left != null && context.getRouteController().getRouteStatus(route) == null) {
      context.getCamelContextExtension().removeRoute(left);
    }
    for (Endpoint endpoint : List.copyOf(context.getEndpoints())) {
      if (endpoint instanceof KameletEndpoint kamelet && route.equals(kamelet.getRouteId())) {
        context.removeEndpoint(endpoint);
      }
    }
  }

  private static boolean isOf(RouteDefinition kamelet, String route) {
    return Boolean.TRUE.equals(kamelet.isKamelet())
        && kamelet.getTemplateParameters() != null
        && route.equals(kamelet.getTemplateParameters().get(PARENT));
  }
}
