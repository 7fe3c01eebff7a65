package dev.writeback.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializerSupport;
import org.apache.camel.dsl.yaml.deserializers.ModelDeserializersResolver;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.BeanModelHelper;
import org.apache.camel.model.Model;
import org.apache.camel.support.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The beans of route files. One that is edited is made anew, and the old one lives as long as a
 * route has it; Camel's own loader would destroy it at once. Not thread-safe.
 */
final class BeanInstances {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  private final CamelContext context;
  private final Map<RoutePart, Object> made = new HashMap<>();
  private final Map<String, RoutePart> bound = new HashMap<>();

  BeanInstances(CamelContext context) {
    this.context = context;
  }

  /** A bean that Camel has made and bound. */
  void loaded(RoutePart bean) {
    made.put(bean, context.getRegistry().lookupByName(bean.name()));
    bound.put(bean.name(), bean);
  }

  /** Binds a bean to its name, and makes it if it is not there. */
  void bind(RoutePart bean) throws Exception {
    if (bean.equals(bound.get(bean.name()))) {
      return;
    }
    BeanFactoryDefinition<?> definition = definition(bean);
    Object instance = made.get(bean);
    boolean isNew = instance == null;
    if (isNew) {
      instance = BeanModelHelper.newInstance(definition, context);
    }
    context
        .getRegistry()
        .bind(
            bean.name(),
            instance,
            isNew ? definition.getInitMethod() : null,
            definition.getDestroyMethod());
    // One whose start has failed is made anew.
    made.put(bean, instance);
    bound.put(bean.name(), bean);
    context.getCamelContextExtension().getContextPlugin(Model.class).addCustomBean(definition);
  }

  /** Ends the beans that are none of these. */
  void retain(Collection<RoutePart> needed) {
    made.entrySet().removeIf(entry -> !needed.contains(entry.getKey()) && end(entry));
  }

  private boolean end(Map.Entry<RoutePart, Object> old) {
    RoutePart bean = old.getKey();
    if (bean.equals(bound.get(bean.name()))) {
      // The registry destroys it.
      context.getRegistry().unbind(bean.name());
      bound.remove(bean.name());
    } else {
      String destroy = definition(bean).getDestroyMethod();
      try {
        if (destroy != null && !destroy.isBlank()) {
          ObjectHelper.invokeMethodSafe(destroy, old.getValue());
        }
      } catch (Exception e) {
        LOG.warn("bean {} could not be ended: {}", bean.name(), e.toString());
      }
    }
    return true;
  }

  private BeanFactoryDefinition<?> definition(RoutePart bean) {
    LoadSettings settings = LoadSettings.builder().setLabel(bean.file().toString()).build();
    Node list = new Compose(settings).composeString(bean.yaml()).orElseThrow();
    Node node = YamlDeserializerSupport.asSequenceNode(list).getValue().get(0);
    YamlDeserializationContext reader = new YamlDeserializationContext(settings);
    reader.setCamelContext(context);
    reader.addResolvers(new ModelDeserializersResolver());
    YamlDeserializerSupport.setDeserializationContext(node, reader);
    BeanFactoryDefinition<?> definition =
        YamlDeserializerSupport.asType(node, BeanFactoryDefinition.class);
    if (!definition.getType().startsWith("#class:")) {
      definition.setType("#class:" + definition.getType());
    }
    return definition;
  }
}
