package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.blackbox.Launcher.Ended;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program on its schedules, and the commands beside it in the same folder. */
class ManagementIT {

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
    folder =
        WorkFolder.withExamples(directory)
            .job(
                "job",
                Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders_<current_date>"));
    launcher = Launcher.at(sandbox, folder);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (program != null) {
      program.destroyForcibly().waitFor();
    }
    sandbox.close();
  }

  private String startProgram() throws IOException {
    program = launcher.start();
    BufferedReader output = program.inputReader();
    String line = Launcher.awaitLine(output, TOLD_AT);
    return line.substring(line.indexOf(TOLD_AT) + TOLD_AT.length());
  }

  @Test
  void commandsAskTheRunningProgram() throws Exception {
    String url = startProgram();

    Ended run = launcher.run("run", "job", "--at", "2026-03-29");
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("runs - job started: run "))
        .anyMatch(line -> line.contains("runs - job done: run "));
    assertThat(sandbox.s3().objects()).hasSize(1);

    assertThat(curl("-w", "%{http_code}", "-o", "/dev/null", url + "/health/live"))
        .isEqualTo("200");
    assertThat(curl(url + "/health/ready")).contains("\"status\":\"UP\"", "\"job:job\"");
    assertThat(curl(url + "/metrics"))
        .contains("writeback_runs_total{job=\"job\",outcome=\"done\"} 1.0\n");

    Ended again = launcher.run("run", "job", "--at", "2026-03-29");
    assertThat(again.exitCode()).isEqualTo(5);
    assertThat(again.output()).contains("job failed: run ", "job gave up: run ");

    assertThat(launcher.run("history", "job").output().lines())
        .hasSize(3)
        .anyMatch(line -> line.matches("job .* done .* s3://landing/orders_2026-03-29.csv.*"));
    Ended status = launcher.run("status");
    assertThat(status.exitCode()).isZero();
    assertThat(status.output().lines())
        .anyMatch(line -> line.matches("airports-nightly +waiting +\\d{4}-.*"))
        .anyMatch(line -> line.matches("job +by hand .* s3 .*"));

    // (Process.destroy would close what it has said.)
    program.toHandle().destroy();
    assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(program.inputReader().lines().toList()).last().asString().endsWith("jobs - stopped");
    assertThat(directory.resolve("running.properties")).doesNotExist();
    Ended none = launcher.run("status");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.output()).startsWith("status - no program answers");
  }

  private static String curl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-s", "--noproxy", "*"));
    command.addAll(List.of(arguments));
    return Launcher.read(new ProcessBuilder(command).start().getInputStream());
  }

  @Test
  void aCommandDoesItsWorkItselfBesideAProgramThatWasKilled() throws Exception {
    startProgram();
    program.destroyForcibly().waitFor();
    assertThat(directory.resolve("running.properties")).exists();

    Ended run = launcher.run("run", "job");

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void aProgramWithoutAPortHasItsLedgerInUse() throws Exception {
    launcher.with("management.port", "off");
    program = launcher.start();
    Launcher.awaitLine(program.inputReader(), "started with the jobs ");

    Ended history = launcher.run("history");

    assertThat(history.exitCode()).isEqualTo(2);
    assertThat(history.output()).contains("is in use by another process");

    Ended plan = launcher.run("plan", "job");

    assertThat(plan.exitCode()).as(plan.output()).isZero();
    assertThat(plan.output())
        .containsPattern("would +write\\R")
        .containsPattern("not read +ledger - its database is in use by another process");
  }

  @Test
  void aPortThatIsTakenStopsTheStart() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      Ended ended = launcher.with("management.port", "" + other.getLocalPort()).run();

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.output())
          .isEqualTo(
              "management.port - cannot be opened on 127.0.0.1 (Address already in use) - '%d' - another"
                      .formatted(other.getLocalPort())
                  + " port, 0 for any free one, or off\n");
    }
  }
}
