package dev.writeback.job;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/**
 * An endpoint as somebody has written it, nothing resolved.
 *
 * @param path scheme and path, such as {@code kamelet:domo-s3-writeback}
 * @param parameters in the order of the file
 * @param places where its options stand
 * @param place where it stands itself
 */
record EndpointText(
    String path, Map<String, String> parameters, Map<String, Place> places, Place place) {

  private static final String URI = "uri";

  /**
   * @param node a step's or a trigger's: its URI, or a map with {@code uri} and {@code parameters}
   */
  static EndpointText of(YamlNode node) {
    if (!node.isMap()) {
      return of(node.text(), node.place());
    }
    String uri = node.text(URI);
    EndpointText written = of(uri, node.place());
    Map<String, String> parameters = new LinkedHashMap<>(written.parameters());
    Map<String, Place> places = new HashMap<>();
    node.get(URI).ifPresent(entry -> places.put(URI, entry.place()));
    node.get("parameters")
        .ifPresent(
            all ->
                all.entries()
                    .forEach(
                        (name, value) -> {
                          parameters.put(name, withoutRaw(value.text()));
                          places.put(name, value.place());
                        }));
    return new EndpointText(written.path(), parameters, places, node.place());
  }

  /** Of a URI with its query; null is none. */
  static EndpointText of(String uri, Place place) {
    String written = uri == null ? "" : uri;
    String path = StringHelper.before(written, "?", written).replaceFirst("^([\\w-]+:)//", "$1");
    return new EndpointText(path, query(written), Map.of(), place);
  }

  private static Map<String, String> query(String uri) {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      Map<String, Object> parameters =
          URISupport.parseQuery(StringHelper.after(uri, "?", ""), true);
      URISupport.resolveRawParameterValues(parameters);
      parameters.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Not a URI: " + URISupport.sanitizeUri(uri), e);
    }
    return texts;
  }

  /** Camel's mark around a value that it is to take as it stands. */
  private static String withoutRaw(String value) {
    return value == null
        ? ""
        : value.matches("(?s)RAW\\(.*\\)|RAW\\{.*}")
            ? value.substring("RAW(".length(), value.length() - 1)
            : value;
  }

  String scheme() {
    return StringHelper.before(path, ":", path);
  }

  /** Where an option stands, or else the endpoint. */
  Place place(String option) {
    return places.getOrDefault(option, place);
  }
}
