package com.example.freight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.writeback.examples.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The README's command. */
class JBangTest {

  private static final Pattern COMMAND = Pattern.compile("```sh\\ncamel (run .*)\\n```");

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void theReadmesCommandWritesTheWholeDataSet() throws Exception {
    try (Sandbox sandbox = Sandbox.start()) {
      Process camel = start(sandbox);
      try (BufferedReader output = camel.inputReader()) {
        List<String> said = new ArrayList<>();
        String line = output.readLine();
        while (line != null && !line.contains("airports done")) {
          said.add(line);
          line = output.readLine();
        }
        assertTrue(line != null, () -> String.join("\n", said));
        for (String secret : List.of("acme.domo-client-secret", "aws.secretAccessKey")) {
          assertFalse(String.join("\n", said).contains(sandbox.settings().get(secret)), secret);
        }
        assertArrayEquals(
            sandbox.export(Sandbox.AIRPORTS), sandbox.object("reference/airports.csv"));
      } finally {
        camel.destroy();
        camel.waitFor();
      }
    }
  }

  private static Process start(Sandbox sandbox) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    sandbox.settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
    // Where the jar is that Maven runs this test with; otherwise in the user's own repository.
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), CamelJBang.class.getName()));
    command.addAll(arguments());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static List<String> arguments() throws IOException {
    Matcher readme = COMMAND.matcher(Files.readString(Path.of("README.md")));
    assertTrue(readme.find());
    return Arrays.asList(readme.group(1).split(" "));
  }
}
