package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Where the management port is open: an address of this machine, or all of them. */
record ManagementAddress(InetAddress address) {

  static final String HOST = "camel.management.host";

  private static final String LOOPBACK = "127.0.0.1";

  /**
   * @param host as it is set
   * @throws RunException where that is not this machine
   */
  static ManagementAddress of(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!host.isEmpty() && isHere(address)) {
        return new ManagementAddress(address);
      }
    } catch (IOException unknown) {
      // Told below.
    }
    throw new RunException(
        Outcome.CONFIGURATION,
        false,
        HOST
            + " - no address of this machine - '"
            + host
            + "' - 127.0.0.1 for this machine alone, 0.0.0.0 for the network, or one of its addresses");
  }

  private static boolean isHere(InetAddress address) throws IOException {
    return address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || NetworkInterface.getByInetAddress(address) != null;
  }

  /** Whether other machines reach it. */
  boolean isOfNetwork() {
    return !address.isLoopbackAddress();
  }

  /** Where a command on this machine finds it. */
  String url(int port) {
    String host = address.isAnyLocalAddress() ? LOOPBACK : address.getHostAddress();
    boolean bare = address instanceof Inet6Address && !address.isAnyLocalAddress();
    return "http://" + (bare ? "[" + host.replaceFirst("%.*", "") + "]" : host) + ":" + port;
  }

  /**
   * @throws IOException if somebody else has the port
   */
  void requireFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    }
  }

  /** This machine's name, for who asks from elsewhere; empty where it has none. */
  static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "";
    }
  }
}
