package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writeback.NodeFolder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Domo's own JavaScript client, which knows nothing of this project, against the sandbox. */
class DomoSdkTest {

  private static NodeFolder node;

  @BeforeAll
  static void install() throws Exception {
    node = NodeFolder.install("domo-sdk");
  }

  @Test
  void listsAndExports() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().https(true).hashingSink(true).start()) {
      JsonNode answer =
          Reply.JSON.readTree(
              node.run(
                  Map.of("NODE_EXTRA_CA_CERTS", sandbox.certificate().orElseThrow().toString()),
                  "node",
                  "list-and-export.js",
                  Sandbox.CLIENT_ID,
                  Sandbox.CLIENT_SECRET,
                  "localhost:" + sandbox.domoUrl().getPort(),
                  SandboxDomo.ORDERS));

      ByteArrayOutputStream told = new ByteArrayOutputStream();
      sandbox.domo().writeExport(SandboxDomo.ORDERS, told);
      assertThat(answer.get("exported").textValue())
          .isEqualTo(told.toString(StandardCharsets.UTF_8));
      assertThat(answer.get("listed").findValuesAsText("id"))
          .contains(
              SandboxDomo.AIRPORTS,
              SandboxDomo.WEATHER,
              SandboxDomo.ORDERS,
              SandboxDomo.ONE_COLUMN);
      assertThat(answer.get("described").get("rows").longValue())
          .isEqualTo(sandbox.domo().rows(SandboxDomo.ORDERS));
      assertThat(sandbox.domo().tokensIssued()).isEqualTo(1);
    }
  }
}
