package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is shared by the CamelContexts of one JVM, and nothing is left of one that has stopped.
 */
@Timeout(300)
class TwoContextsTest {

  @TempDir Path directory;

  @Test
  void workSideBySideAndOneStopsWhileTheOtherRuns() throws Exception {
    try (Host left = new Host("left");
        Host right = new Host("right")) {
      left.sandbox.domo().inject(DomoFault.stall(Endpoint.EXPORT, 1000));
      CompletableFuture<Exchange> leftRun = left.begin();
      CompletableFuture<Exchange> rightRun = right.begin();
      Host.assertDone(rightRun);
      right.assertWritten();
      await().until(() -> !left.sandbox.domo().exports().isEmpty());

      right.context.close();

      assertThat(leftRun).isNotDone();
      left.sandbox.domo().heal();
      Host.assertDone(leftRun);
      left.assertWritten();
    }
  }

  @Test
  void leaveNothingBehind() throws Exception {
    assumeThat(OpenFiles.areTold()).isTrue();
    Path output = directory.resolve("output.txt");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                LeftBehind.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = program.waitFor(4, TimeUnit.MINUTES);

      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as("A thread holds the program up:%n%s", said).isTrue();
      assertThat(program.exitValue()).as(said).isZero();
      assertThat(said.lines().filter(line -> line.startsWith(LeftBehind.LEFT))).isEmpty();
    } finally {
      program.destroyForcibly();
    }
  }
}
