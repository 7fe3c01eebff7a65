package dev.writeback.blackbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Something in Domo's place that repeats what it was sent: {@code spec/echoing-gateways.yaml}. The
 * client's id tells which answer it gives.
 */
final class EchoingGateway implements AutoCloseable {

  private static final String TOKEN = "planted-access-token-of-";

  private final HttpServer server;
  private final Map<String, String> credentials = new ConcurrentHashMap<>();

  private EchoingGateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  static EchoingGateway start() throws IOException {
    return new EchoingGateway();
  }

  static Stream<Case> cases() {
    return Spec.cases("echoing-gateways");
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it has repeated, by case. */
  Map<String, String> repeated() {
    return Map.copyOf(credentials);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String credential = authorization.substring(authorization.indexOf(' ') + 1);
    boolean asksForToken = exchange.getRequestURI().getPath().equals("/oauth/token");
    String[] client =
        asksForToken
            ? new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8)
                .split(":", 2)
            : new String[] {credential.substring(TOKEN.length()), ""};
    Case row = cases().filter(one -> one.text("case").equals(client[0])).findFirst().orElseThrow();
    if (asksForToken && !row.has("at")) {
      send(exchange, 200, "{\"access_token\":\"" + TOKEN + client[0] + "\",\"expires_in\":3599}");
      return;
    }
    credentials.put(client[0], credential);
    for (String header : List.of("type", "location")) {
      if (row.has(header)) {
        exchange
            .getResponseHeaders()
            .set(
                header.equals("type") ? "Content-Type" : "Location",
                row.text(header).replace("{credential}", credential));
      }
    }
    send(
        exchange,
        row.number("status"),
        row.text("body")
            .replace("{authorization}", authorization)
            .replace("{credential}", credential)
            .replace("{secret}", client[1]));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
