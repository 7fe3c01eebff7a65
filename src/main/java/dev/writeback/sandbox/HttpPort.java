package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * One HTTP server on loopback, with threads of its own. A handler that throws an {@link
 * IOException} breaks the connection, so that the client sees it end in the middle.
 */
final class HttpPort implements AutoCloseable {

  private static final int BACKLOG = 128;

  static {
    // Without it, the JDK's server waits 40 ms before small answers.
    System.setProperty(
        "sun.net.httpserver.nodelay", System.getProperty("sun.net.httpserver.nodelay", "true"));
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final URI url;

  private HttpPort(HttpServer server, ExecutorService threads, URI url) {
    this.server = server;
    this.threads = threads;
    this.url = url;
  }

  /**
   * @param port 0 for any free port
   * @param tls null for plain HTTP
   */
  static HttpPort open(String name, int port, SSLContext tls, HttpHandler handler)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server;
    if (tls == null) {
      server = HttpServer.create(address, BACKLOG);
    } else {
      HttpsServer secure = HttpsServer.create(address, BACKLOG);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secure;
    }
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "sandbox-" + name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", exchange -> guard(exchange, handler));
    server.start();
    String scheme = tls == null ? "http" : "https";
    URI url = URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    return new HttpPort(server, threads, url);
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A mistake in the sandbox itself is told to the client, where there is still a way. */
  private static void guard(HttpExchange exchange, HttpHandler handler) throws IOException {
    try {
      handler.handle(exchange);
    } catch (RuntimeException e) {
      if (exchange.getResponseCode() != -1) {
        throw e;
      }
      byte[] message = ("The sandbox itself failed: " + e).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(500, message.length);
      exchange.getResponseBody().write(message);
      exchange.close();
    }
  }
}
