package dev.writeback.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/**
 * One of the sandbox's switches and counters over HTTP.
 *
 * @param path behind {@code /sandbox/}; what follows a slash at its end is the call's own
 * @param says what it does, and of which members its JSON is
 */
record Switch(String method, String path, String says, Action action) {

  /** What a switch does. */
  interface Action {
    /**
     * @return what is answered as JSON; null where the action has answered itself
     */
    Object on(Call call) throws IOException;
  }

  /**
   * One use of a switch.
   *
   * @param rest what follows the switch's path
   */
  record Call(HttpExchange exchange, String rest) {

    JsonNode json() throws IOException {
      return Reply.JSON.readTree(exchange.getRequestBody());
    }

    <T> T as(Class<T> type) throws IOException {
      return Reply.JSON.treeToValue(json(), type);
    }
  }

  boolean fits(String calledMethod, String calledPath) {
    boolean fits = path.endsWith("/") ? calledPath.startsWith(path) : calledPath.equals(path);
    return fits && method.equals(calledMethod);
  }

  /** As a list of switches shows it. */
  String name() {
    return method + " /sandbox" + (path.isEmpty() ? "" : "/" + path);
  }
}
