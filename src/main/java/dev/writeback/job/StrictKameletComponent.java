package dev.writeback.job;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.util.URISupport;

/**
 * Camel's Kamelet component, which for a strict Kamelet (one that says {@code additionalProperties:
 * false}) takes no parameter that its schema does not know, and leaves errors to the route that
 * uses it: a redelivery must run the whole Kamelet again, since its streams can be read but once.
 *
 * <p>Every other Kamelet is as Camel has it.
 */
public final class StrictKameletComponent extends KameletComponent {

  private static final String NO_ERROR_HANDLER = "noErrorHandler";

  /** For the context that it will be a component of. */
  public StrictKameletComponent(CamelContext context) {
    setCamelContext(context);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    if (!Kamelet.SOURCE_ID.equals(remaining) && !Kamelet.SINK_ID.equals(remaining)) {
      KameletUse use = KameletUse.of(getCamelContext(), "kamelet:" + remaining);
      KameletSchema schema =
          KameletSchema.find(getCamelContext(), use.kamelet(), getLocation()).orElse(null);
      if (schema != null) {
        URISupport.resolveRawParameterValues(parameters);
        check(schema, parameters);
        parameters.putIfAbsent(NO_ERROR_HANDLER, "true");
      }
    }
    return super.createEndpoint(uri, remaining, parameters);
  }

  /** For uses that no route definition shows, such as a dynamic endpoint. */
  private void check(KameletSchema schema, Map<String, Object> parameters) {
    Map<String, String> texts =
        parameters.entrySet().stream()
            .filter(entry -> !NO_ERROR_HANDLER.equals(entry.getKey()))
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    List<Problem> problems = new ParameterCheck(getCamelContext(), schema).of(texts);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          problems.stream().map(problem -> schema.kamelet() + ": " + problem).toList());
    }
  }
}
