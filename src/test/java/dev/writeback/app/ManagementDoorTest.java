package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;

class ManagementDoorTest {

  /** Wherever the port is open to, and whatever token it is. */
  @Test
  void whoeverAsksFromAnotherMachineIsRefused() {
    SocketAddress here = SocketAddress.inetSocketAddress(8717, "10.0.0.5");
    SocketAddress there = SocketAddress.inetSocketAddress(50_000, "10.0.0.6");

    assertThatThrownBy(() -> new ManagementDoor().admit(there, here, "Bearer token"))
        .hasMessage("Only commands on this machine may ask");
  }
}
