package dev.writeback.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server on which, from some moment on, nothing arrives any more and nobody says so. */
final class SilentNetwork implements AutoCloseable {

  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean silent;

  SilentNetwork(int port) throws IOException {
    start(
        () -> {
          while (true) {
            Socket near = entrance.accept();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.addAll(List.of(near, far));
            start(() -> carry(near, far));
            start(() -> carry(far, near));
          }
        });
  }

  private interface Carrier {
    void carry() throws IOException;
  }

  private static void start(Carrier carrier) {
    Thread thread =
        new Thread(
            () -> {
              try {
                carrier.carry();
              } catch (IOException closed) {
                return;
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void carry(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] bytes = new byte[8192];
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      if (!silent) {
        out.write(bytes, 0, read);
      }
    }
  }

  int port() {
    return entrance.getLocalPort();
  }

  void fallSilent() {
    silent = true;
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
