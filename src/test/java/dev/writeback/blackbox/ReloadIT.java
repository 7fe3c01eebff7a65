package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.blackbox.Launcher.Ended;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StoredObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator edits a job of the built program while it runs and exports. */
class ReloadIT {

  private static final String TOLD_AT = "health and metrics are told at ";

  @TempDir Path directory;
  private Sandbox sandbox;
  private WorkFolder folder;
  private Launcher launcher;
  private Process program;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
    folder = WorkFolder.empty(directory);
    write("before");
    launcher = Launcher.at(sandbox, folder).with("reload", "200ms");
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (program != null) {
      program.destroyForcibly().waitFor();
    }
    sandbox.close();
  }

  private void write(String fileName) {
    folder.job("sales", Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", fileName));
  }

  private Path file() {
    return folder.routes().resolve("sales.camel.yaml");
  }

  private static String health(String url) throws IOException {
    return Launcher.read(
        new ProcessBuilder("curl", "-s", "--noproxy", "*", url + "/health/ready")
            .start()
            .getInputStream());
  }

  private String status() throws Exception {
    return launcher.run("status", "--json").output();
  }

  @Test
  void anEditDuringAnExportATypoAFixADeletion() throws Exception {
    program = launcher.start();
    BufferedReader log = program.inputReader();
    String told = Launcher.awaitLine(log, TOLD_AT);
    String url = told.substring(told.indexOf(TOLD_AT) + TOLD_AT.length());

    sandbox.domo().inject(DomoFault.stall(DomoFault.Endpoint.EXPORT, 0));
    Process run = launcher.start("run", "sales");
    Launcher.awaitLine(log, "sales started: run ");
    write("after");
    Launcher.awaitLine(log, "job sales is changed when its run has ended");
    assertThat(status()).contains("\"job\":\"sales\",\"state\":\"running\"", "\"file\":\"waits\"");

    String right = Files.readString(file());
    Files.writeString(file(), right.replaceFirst("( +)fileName:", "$1overwrit: true\n$1fileName:"));
    String mistake = Launcher.awaitLine(log, "overwrit - ");
    Launcher.awaitLine(log, "not taken: routes/sales.camel.yaml; what ran before goes on");
    Ended validate = launcher.run("validate");
    assertThat(validate.exitCode()).isEqualTo(2);
    assertThat(mistake).endsWith(validate.output().strip());
    assertThat(health(url))
        .contains("its file on disk is not what runs: status tells why")
        .doesNotContain("overwrit");
    assertThat(status()).contains("\"file\":\"wrong\"", "overwrit - unknown parameter");

    sandbox.domo().heal();
    String output = Launcher.read(run.getInputStream());
    assertThat(run.waitFor()).as(output).isZero();
    assertThat(sandbox.s3().objects()).extracting(StoredObject::key).containsExactly("before.csv");

    // The edit that waited; the typo after it counts for nothing.
    Launcher.awaitLine(log, "job sales is changed: routes/sales.camel.yaml");
    write("after");
    Launcher.awaitLine(log, "routes is right again");
    assertThat(health(url)).doesNotContain("not what runs");
    assertThat(status()).contains("\"job\":\"sales\"").doesNotContain("\"file\"");
    Ended again = launcher.run("run", "sales");
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(sandbox.s3().objects())
        .extracting(StoredObject::key)
        .containsExactlyInAnyOrder("before.csv", "after.csv");

    Files.delete(file());
    Launcher.awaitLine(log, "job sales is gone");
    assertThat(status()).doesNotContain("sales");
    assertThat(health(url)).doesNotContain("job:sales");
    assertThat(launcher.run("history", "sales").output().lines()).hasSize(3);
  }
}
