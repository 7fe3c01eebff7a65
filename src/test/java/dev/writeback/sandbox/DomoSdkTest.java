package dev.writeback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Domo's own JavaScript client, which knows nothing of this project, against the sandbox. */
class DomoSdkTest {

  private static final Path SOURCE = Path.of("src/test/node/domo-sdk");
  private static final Path WORK = Path.of("target/domo-sdk");
  private static final long MINUTES = 3;

  @BeforeAll
  static void install() throws Exception {
    Files.createDirectories(WORK);
    for (String file : List.of("package.json", "package-lock.json", "list-and-export.js")) {
      Files.copy(SOURCE.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(WORK.resolve("node_modules/domo-sdk/package.json"))) {
      run(null, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
    }
  }

  @Test
  void listsAndExports() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().https(true).hashingSink(true).start()) {
      JsonNode answer =
          Reply.JSON.readTree(
              run(
                  sandbox.certificate().orElseThrow(),
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

  private static String run(Path trusted, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(WORK.toFile());
    if (trusted != null) {
      builder.environment().put("NODE_EXTRA_CA_CERTS", trusted.toString());
    }
    Path errors = WORK.resolve("errors.txt");
    Path output = WORK.resolve("output.txt");
    builder.redirectError(errors.toFile()).redirectOutput(output.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError(
          "This test runs Domo's JavaScript client, but `"
              + command[0]
              + "` cannot be started. Install Node.js 18 or later with npm (Debian: apt-get install"
              + " nodejs npm).",
          e);
    }
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("%s ends within %d minutes", command[0], MINUTES).isTrue();
    assertThat(process.exitValue())
        .as("%s says: %s", command[0], Files.readString(errors))
        .isZero();
    return Files.readString(output);
  }
}
