package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The headers of a request, as they may be shown. */
final class RequestHeaders {

  private RequestHeaders() {}

  /**
   * All headers by lower-case name.
   *
   * @param secret those whose value is masked, by lower-case name
   */
  static Map<String, String> masked(HttpExchange exchange, Set<String> secret) {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              headers.put(lower, secret.contains(lower) ? "***" : String.join(",", values));
            });
    return headers;
  }
}
