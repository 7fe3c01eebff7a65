package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The management port where operators have set something about it. */
class ManagementPortTest {

  private Sandbox sandbox;
  private CommandLineRun commands;
  private Main program;

  @BeforeEach
  void prepare() throws IOException {
    sandbox = Sandbox.start();
    commands = new CommandLineRun(sandbox).with(ManagementPort.PORT, "0");
  }

  @AfterEach
  void stop() {
    if (program != null) {
      program.stop();
    }
    commands.close();
    sandbox.close();
  }

  private void start() throws Exception {
    program = new Jobs().scheduled();
    program.start();
  }

  private static String ask(String path, String host) throws IOException {
    URI url = URI.create(RunningFile.read().orElseThrow().url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, host)
                  .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @Test
  void openToTheNetworkItIsAskedByAddressOrByAListedName() throws Exception {
    commands
        .with(ManagementAddress.HOST, "0.0.0.0")
        .with(ManagementGate.NAMES, "metrics.acme.example, other.acme.example");
    start();

    for (String path : new String[] {"/health/live", "/metrics"}) {
      for (String host :
          new String[] {
            "192.0.2.7:8717", "[2001:db8::7]:1", "localhost:8717", "Metrics.acme.example:9999"
          }) {
        assertThat(ask(path, host)).as(path + " of " + host).contains(" 200 ");
      }
      for (String host :
          new String[] {"attacker.example:8717", "192.0.2.7.attacker.example", "999.0.2.7"}) {
        assertThat(ask(path, host)).as(path + " of " + host).contains(" 403 ");
      }
    }
    assertThat(commands.execute("status")).as(commands.err()).isZero();
  }

  @Test
  void commandsFindItAtAnotherAddressOfThisMachine() throws Exception {
    commands.with(ManagementAddress.HOST, "127.0.0.2");
    start();

    assertThat(RunningFile.read().orElseThrow().url()).startsWith("http://127.0.0.2:");
    assertThat(commands.execute("status")).as(commands.err()).isZero();
  }

  @Test
  void anAddressThatIsNotHereKeepsItFromStarting() {
    commands.with(ManagementAddress.HOST, "203.0.113.7");

    assertThatThrownBy(this::start)
        .hasMessageStartingWith(
            "camel.management.host - no address of this machine - '203.0.113.7'");
  }
}
