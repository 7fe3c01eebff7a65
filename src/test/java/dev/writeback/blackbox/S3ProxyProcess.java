package dev.writeback.blackbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** S3Proxy, by its own main class, as a process of its own; its objects are in its memory. */
final class S3ProxyProcess implements AutoCloseable {

  private final Process process;
  private final URI url;

  private S3ProxyProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * @param folder for its settings and its log
   */
  static S3ProxyProcess start(Path folder) throws IOException {
    URI url = URI.create("http://127.0.0.1:" + freePort());
    Path properties =
        Files.writeString(
            folder.resolve("s3proxy.properties"),
            """
            s3proxy.endpoint=%s
            s3proxy.authorization=none
            s3proxy.ignore-unknown-headers=true
            jclouds.provider=transient-nio2
            """
                .formatted(url));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    Launcher.PROGRAM.resolve("../../lib").normalize() + "/*",
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    properties.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3ProxyProcess started = new S3ProxyProcess(process, url);
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(started::answers);
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket connection = new Socket(url.getHost(), url.getPort())) {
      return connection.isConnected();
    } catch (IOException notYet) {
      if (!process.isAlive()) {
        throw new AssertionError("S3Proxy has ended: " + process.exitValue(), notYet);
      }
      return false;
    }
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
