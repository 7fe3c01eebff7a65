package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A refusal in one of the three shapes that Domo is known to use. */
final class DomoError extends Exception {

  private static final long serialVersionUID = 1L;

  private enum Shape {
    DOMO,
    OAUTH,
    HTML
  }

  private static final Map<Integer, String> REASONS =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not Found",
          405, "Method Not Allowed",
          406, "Not Acceptable",
          429, "Too Many Requests",
          500, "Internal Server Error",
          502, "Bad Gateway",
          503, "Service Unavailable");

  private final Shape shape;
  private final int status;
  private final String error;
  private final String authenticate;

  private DomoError(Shape shape, int status, String error, String message, String authenticate) {
    super(message, null, false, false);
    this.shape = shape;
    this.status = status;
    this.error = error;
    this.authenticate = authenticate;
  }

  static DomoError of(int status, String message) {
    return new DomoError(Shape.DOMO, status, null, message, null);
  }

  static DomoError oauth(int status, String error, String description) {
    return new DomoError(Shape.OAUTH, status, error, description, null);
  }

  /** The token is missing, unknown, revoked or expired. */
  static DomoError invalidToken(String description) {
    String challenge =
        "Bearer realm=\"domo\", error=\"invalid_token\", error_description=\"%s\""
            .formatted(description);
    return new DomoError(Shape.OAUTH, 401, "invalid_token", description, challenge);
  }

  static DomoError invalidClient() {
    return new DomoError(
        Shape.OAUTH, 401, "invalid_client", "Bad client credentials", "Basic realm=\"domo\"");
  }

  /** The page of https://github.com/domoinc/domo-java-sdk/issues/11. */
  static DomoError notAcceptable() {
    return new DomoError(
        Shape.HTML,
        406,
        null,
        "UnauthorizedException: Full authentication is required to access this resource",
        null);
  }

  int status() {
    return status;
  }

  void send(HttpExchange exchange) throws IOException {
    if (authenticate != null) {
      exchange.getResponseHeaders().set("WWW-Authenticate", authenticate);
    }
    switch (shape) {
      case DOMO -> Reply.json(exchange, status, domo());
      case OAUTH -> Reply.json(exchange, status, oauth());
      case HTML ->
          Reply.html(
              exchange,
              status,
              "<html><head><title>Error %1$d %2$s</title></head><body><h2>HTTP ERROR %1$d</h2><p>%3$s</p></body></html>"
                  .formatted(status, reason(), getMessage()));
    }
  }

  private Map<String, Object> domo() {
    String letters = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", status);
    body.put("statusReason", reason());
    body.put("message", getMessage() == null ? reason() : getMessage());
    body.put("toe", letters.substring(0, 5) + "-" + letters.substring(30, 35));
    return body;
  }

  private Map<String, Object> oauth() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", error);
    body.put("error_description", getMessage());
    return body;
  }

  private String reason() {
    return REASONS.getOrDefault(status, "Error");
  }
}
