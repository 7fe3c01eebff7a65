package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal gets, as {@code script} makes one, and what a pipe gets. */
class TerminalIT {

  private static final String ESCAPE = "\u001b[";

  @TempDir Path directory;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  private String onATerminal(String... environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", Launcher.PROGRAM + " --help", "/dev/null");
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().remove("NO_COLOR");
    for (String variable : environment) {
      builder.environment().put(variable, "1");
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String said = Launcher.read(process.getInputStream());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void onlyATerminalGetsColours() throws Exception {
    assertThat(onATerminal()).contains(ESCAPE, "Examples:");
    assertThat(onATerminal("NO_COLOR")).contains("Examples:").doesNotContain(ESCAPE);
    assertThat(new Launcher(WorkFolder.empty(directory)).run("--help").output())
        .contains("Examples:")
        .doesNotContain(ESCAPE);
  }
}
