package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.docs.Readme;
import dev.writeback.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's commands do what it says. Their output is accepted by {@code mvn verify
 * -Dit.test=ReadmeIT -Dreadme.write}.
 */
class ReadmeIT {

  private static final String PROGRAM = "target/dist/bin/domo-s3-writeback";

  /** Those that end with 0 beside a sandbox that nothing has been written to. */
  private static final Set<String> TRIED =
      Set.of(
          "run",
          "plan",
          "preview",
          "render",
          "test",
          "accounts",
          "check",
          "policy",
          "history",
          "datasets",
          "folders");

  @TempDir Path directory;

  @Test
  void theDemoPrintsWhatTheReadmeShows() throws Exception {
    String command = Readme.read().block("demo command").trim();
    assertThat(command).endsWith("&& " + PROGRAM + " demo");
    WorkFolder folder = WorkFolder.withExamples(directory);

    // As somebody has it in the environment who has come to the README's end.
    Launcher.Ended demo =
        new Launcher(folder).environment("LANDING_EXTERNAL_ID", "my-own-word").run("demo");

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    if (System.getProperty("readme.write") != null) {
      Readme.read().writeBlock("demo output", demo.output());
    }
    assertThat(steady(Readme.read().block("demo output"))).isEqualTo(steady(demo.output()));
  }

  @Test
  void theDemoIsTheSameOverHttps() throws Exception {
    Launcher.Ended demo = new Launcher(WorkFolder.withExamples(directory)).run("demo", "--https");

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(steady(demo.output()))
        .isEqualTo(steady(Readme.read().block("demo output")).replace("http:", "https:"));
  }

  /** Without what differs from run to run: moments, days, ports, run ids. */
  private static String steady(String output) {
    return output
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)", "MOMENT")
        .replaceAll("orders_\\d{4}-\\d\\d-\\d\\d", "orders_DAY")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
        .replaceAll("run [0-9a-f-]{36}", "run ID")
        .replaceAll("seconds \\d+\\.\\d", "seconds S");
  }

  @Test
  void theRunCommandsRun() throws Exception {
    List<String> commands =
        Readme.read()
            .block("run commands")
            .lines()
            .map(line -> line.replaceFirst("\\s*#.*", ""))
            .filter(
                line -> TRIED.contains(line.replaceFirst("^\\S+\\s*", "").replaceFirst(" .*", "")))
            .toList();
    assertThat(commands).hasSizeGreaterThan(TRIED.size());
    try (Sandbox sandbox = Sandbox.start()) {
      Launcher launcher = Launcher.at(sandbox, WorkFolder.withExamples(directory));
      for (String command : commands) {
        String[] words = command.split("\\s+");
        Launcher.Ended ended = launcher.run(Arrays.copyOfRange(words, 1, words.length));
        assertThat(ended.exitCode()).as(command + "\n" + ended.output()).isZero();
        assertThat(ended.output()).as(command).doesNotStartWith("No ");
      }
      assertThat(sandbox.s3().objects())
          .hasSize((int) commands.stream().filter(line -> line.contains(" run ")).count());
    }
  }
}
