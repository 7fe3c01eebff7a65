package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:8717, false",
    "localhost, http://127.0.0.1:8717, false",
    "127.0.0.2, http://127.0.0.2:8717, false",
    "0.0.0.0, http://127.0.0.1:8717, true",
    "::, http://127.0.0.1:8717, true",
    "::1, http://[0:0:0:0:0:0:0:1]:8717, false"
  })
  void commandsFindIt(String host, String url, boolean ofNetwork) {
    ManagementAddress address = ManagementAddress.of(host);

    assertThat(address.url(8717)).isEqualTo(url);
    assertThat(address.isOfNetwork()).isEqualTo(ofNetwork);
  }

  @Test
  void anAddressOfThisMachineIsFoundThere() throws Exception {
    for (InetAddress own :
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
            .toList()) {
      ManagementAddress address = ManagementAddress.of(own.getHostAddress());

      assertThat(address.url(8717)).isEqualTo("http://" + own.getHostAddress() + ":8717");
      assertThat(address.isOfNetwork()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.7", "no-such-host.invalid", ""})
  void whatIsNotThisMachineIsRefused(String host) {
    assertThatThrownBy(() -> ManagementAddress.of(host))
        .hasMessage(
            "camel.management.host - no address of this machine - '%s' - 127.0.0.1 for this machine"
                    .formatted(host)
                + " alone, 0.0.0.0 for the network, or one of its addresses");
  }

  @Test
  void whoeverAsksFromElsewhereIsNotOfThisMachine() {
    SocketAddress here = SocketAddress.inetSocketAddress(8717, "10.0.0.5");

    assertThat(from("10.0.0.6", here)).isFalse();
    assertThat(from("10.0.0.5", here)).isTrue();
    assertThat(from("127.0.0.1", here)).isTrue();
    assertThat(from("0:0:0:0:0:0:0:1", here)).isTrue();
    assertThat(ManagementGate.isOfThisMachine(null, here)).isFalse();
  }

  private static boolean from(String host, SocketAddress here) {
    return ManagementGate.isOfThisMachine(SocketAddress.inetSocketAddress(50_000, host), here);
  }
}
