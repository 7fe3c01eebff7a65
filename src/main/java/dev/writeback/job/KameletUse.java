package dev.writeback.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;

/**
 * What an endpoint like {@code kamelet:name?option=value} says.
 *
 * @param parameters in the order of the file, placeholders resolved
 * @param unresolved the problems of those whose placeholders nothing defines
 */
record KameletUse(String kamelet, Map<String, String> parameters, List<Problem> unresolved) {

  private static final String SCHEME = "kamelet:";

  static boolean is(String uri) {
    return uri.startsWith(SCHEME);
  }

  static KameletUse of(CamelContext context, String uri) {
    return of(context, EndpointText.of(uri, Place.UNKNOWN));
  }

  static KameletUse of(CamelContext context, EndpointText endpoint) {
    String kamelet = endpoint.path().substring(SCHEME.length());
    Map<String, String> parameters = new LinkedHashMap<>();
    List<Problem> unresolved = new ArrayList<>();
    endpoint
        .parameters()
        .forEach(
            (name, value) ->
                Placeholders.problem(context, value)
                    .ifPresentOrElse(
                        problem -> {
                          parameters.put(name, value);
                          unresolved.add(new Problem(name, problem));
                        },
                        () -> parameters.put(name, context.resolvePropertyPlaceholders(value))));
    return new KameletUse(StringHelper.before(kamelet, "/", kamelet), parameters, unresolved);
  }
}
