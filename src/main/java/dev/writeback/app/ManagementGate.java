package dev.writeback.app;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * Stands before every path of the management port. A web page that somebody has open can reach it,
 * also by a name of the page's own that leads here: so whatever has an {@code Origin}, or asks for
 * a host that is not this one, is refused.
 */
final class ManagementGate implements Handler<RoutingContext> {

  /** More names by which the port may be asked for. */
  static final String NAMES = "management.hosts";

  private static final int FORBIDDEN = 403;
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern LITERAL =
      Pattern.compile("\\[[0-9a-f:.]+\\]|" + OCTET + "(?:\\." + OCTET + "){3}");
  private static final int HTTP = 80;

  private final ManagementAddress address;
  private final Set<String> names;
  private final IntSupplier port;

  /**
   * @param names by which it may be asked for besides its own, in lower case
   * @param port the actual one
   */
  ManagementGate(ManagementAddress address, Set<String> names, IntSupplier port) {
    this.address = address;
    this.names = names;
    this.port = port;
  }

  @Override
  public void handle(RoutingContext asked) {
    HttpServerRequest request = asked.request();
    HostAndPort host = request.authority();
    if (request.getHeader("Origin") != null) {
      refuse(asked, "No web page may ask here");
    } else if (host == null || !isAdmitted(host.host().toLowerCase(Locale.ROOT), host.port())) {
      refuse(
          asked,
          "Host - not a name of this port - "
              + (address.isOfNetwork()
                  ? "an address of this machine, or a name that " + NAMES + " lists"
                  : "127.0.0.1 or localhost and the port, or a name that " + NAMES + " lists"));
    } else {
      asked.next();
    }
  }

  private static void refuse(RoutingContext asked, String message) {
    asked
        .response()
        .setStatusCode(FORBIDDEN)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(message);
  }

  private boolean isAdmitted(String name, int stated) {
    if (names.contains(name)) {
      return true;
    }
    int asked = stated < 0 ? HTTP : stated;
    // Where it is open to the network, a container or a proxy may give it another port.
    return address.isOfNetwork()
        ? isLocalhost(name) || LITERAL.matcher(name).matches()
        : asked == port.getAsInt() && (isLocalhost(name) || isLoopback(name));
  }

  private static boolean isLocalhost(String name) {
    return name.equals("localhost");
  }

  private static boolean isLoopback(String name) {
    try {
      // An address is not looked up.
      return LITERAL.matcher(name).matches() && InetAddress.getByName(name).isLoopbackAddress();
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  /** Whether who asks is on this machine. */
  static boolean isOfThisMachine(SocketAddress remote, SocketAddress local) {
    if (remote == null || local == null || remote.hostAddress() == null) {
      return false;
    }
    try {
      return InetAddress.getByName(remote.hostAddress()).isLoopbackAddress()
          || remote.hostAddress().equals(local.hostAddress());
    } catch (UnknownHostException malformed) {
      return false;
    }
  }
}
