package dev.writeback.domo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A Domo that gives a token to anybody and one answer to everything else, without a length and
 * without chunks: its end is that of the connection.
 */
final class AnsweringDomo implements AutoCloseable {

  private final ServerSocket server;
  private final String head;
  private final String answer;

  AnsweringDomo(String contentType, String answer) throws IOException {
    this("200 OK", "Content-Type: " + contentType, answer);
  }

  AnsweringDomo(String status, String header, String answer) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.head = "HTTP/1.1 " + status + "\r\n" + header + "\r\nConnection: close\r\n\r\n";
    this.answer = answer;
    Thread thread = new Thread(this::serve, "answering-domo");
    thread.setDaemon(true);
    thread.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void serve() {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          answer(socket);
        }
      }
    } catch (SocketException e) {
      // Closed: the test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(Socket socket) throws IOException {
    BufferedReader request =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = request.readLine();
    int length = 0;
    for (String header = request.readLine(); !header.isEmpty(); header = request.readLine()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      request.read();
    }
    OutputStream out = socket.getOutputStream();
    String reply =
        line.contains(" /oauth/token")
            ? "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"access_token\": \"t\"}"
            : head + answer;
    out.write(reply.getBytes(StandardCharsets.UTF_8));
    out.flush();
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
