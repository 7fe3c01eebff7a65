package dev.writeback.job;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/**
 * What a URI like {@code kamelet:name?option=value} says.
 *
 * @param parameters in the order of the URI, placeholders resolved
 * @param unresolved the problems of those whose placeholders nothing defines
 */
record KameletUse(String kamelet, Map<String, String> parameters, List<Problem> unresolved) {

  static boolean is(String uri) {
    return uri.startsWith("kamelet:");
  }

  static KameletUse of(CamelContext context, String uri) {
    String path = StringHelper.before(uri, "?", uri);
    String kamelet = path.substring("kamelet:".length()).replaceFirst("^//", "");
    Map<String, String> parameters = new LinkedHashMap<>();
    List<Problem> unresolved = new ArrayList<>();
    query(uri)
        .forEach(
            (name, value) -> {
              String text = String.valueOf(value);
              try {
                parameters.put(name, context.resolvePropertyPlaceholders(text));
              } catch (IllegalArgumentException e) {
                parameters.put(name, text);
                unresolved.add(
                    new Problem(
                        name,
                        "nothing defines this placeholder - '"
                            + text
                            + "' - add it to application.properties"));
              }
            });
    return new KameletUse(StringHelper.before(kamelet, "/", kamelet), parameters, unresolved);
  }

  private static Map<String, Object> query(String uri) {
    String query = StringHelper.after(uri, "?");
    if (query == null) {
      return Map.of();
    }
    try {
      Map<String, Object> parameters = URISupport.parseQuery(query, true);
      URISupport.resolveRawParameterValues(parameters);
      return parameters;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Not a URI: " + URISupport.sanitizeUri(uri), e);
    }
  }
}
