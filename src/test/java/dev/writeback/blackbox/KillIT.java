package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The built program, killed (SIGKILL) in the middle of an increment: after each of the requests
 * that such a run makes, and as soon as its object is there. What the next run leaves in the bucket
 * holds each row once.
 */
class KillIT {

  /** As many as such a run makes. */
  private static final int REQUESTS = 14;

  @TempDir Path directory;
  private Sandbox sandbox;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  @BeforeEach
  void startSandbox() throws IOException {
    sandbox = Sandbox.start();
  }

  @AfterEach
  void stopSandbox() {
    sandbox.close();
  }

  /** 0 stands for: once the object is there. */
  static IntStream moments() {
    return IntStream.rangeClosed(0, REQUESTS);
  }

  @ParameterizedTest
  @MethodSource("moments")
  void noRowIsLostAndNoneIsThereTwice(int requests) throws Exception {
    String dataSet = sandbox.domo().batches("rows", 40, 30);
    WorkFolder folder = WorkFolder.empty(directory).job("rows", Increments.job(dataSet));
    Launcher launcher = Launcher.at(sandbox, folder);
    assertThat(launcher.run("run", "rows", "--at", "2026-03-29").exitCode()).isZero();
    sandbox.domo().append(dataSet, 50);

    int before = requests();
    Process killed = launcher.start("run", "rows", "--at", "2026-03-30");
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                !killed.isAlive()
                    || (requests == 0
                        ? sandbox.s3().succeeded(S3Operation.PUT_OBJECT) > 1
                        : requests() - before >= requests));
    killed.destroyForcibly();
    assertThat(killed.waitFor(1, TimeUnit.MINUTES)).isTrue();
    sandbox.domo().append(dataSet, 20);

    Launcher.Ended next = launcher.run("run", "rows", "--at", "2026-03-31");

    assertThat(next.exitCode()).as(next.output()).isZero();
    assertThat(together()).isEqualTo(export(dataSet));
    assertThat(sandbox.s3().openUploads()).isEmpty();
  }

  private int requests() {
    return sandbox.domo().calls().size()
        + sandbox.sts().calls().size()
        + sandbox.s3().calls().size();
  }

  private String together() {
    return Increments.together(
        sandbox.s3().objects().stream()
            .map(StoredObject::key)
            .sorted()
            .map(key -> new String(sandbox.s3().bytes(key), StandardCharsets.UTF_8))
            .toList());
  }

  private String export(String dataSet) throws IOException {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    sandbox.domo().writeExport(dataSet, export);
    return export.toString(StandardCharsets.UTF_8);
  }
}
