package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions of a new job, broken off in the middle as by Ctrl-C. */
class NewJobIT {

  @TempDir Path directory;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    WorkFolder folder = WorkFolder.empty(directory);
    List<String> before = files();
    Process process = new Launcher(folder).start("new-job", "--description", "x");
    OutputStream answers = process.getOutputStream();
    answers.write("acme\nlanding\nsales\n".getBytes(StandardCharsets.UTF_8));
    answers.flush();
    await(process.getInputStream(), "Overwrite: ");

    assertThat(interrupt(process)).isZero();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(files()).isEqualTo(before);
  }

  private static int interrupt(Process process) throws Exception {
    return new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  private static void await(InputStream said, String part) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = said.read(); next >= 0; next = said.read()) {
      text.append((char) next);
      if (text.indexOf(part) >= 0) {
        return;
      }
    }
    throw new AssertionError("Never said '" + part + "' but:\n" + text);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(Path::toString).sorted().toList();
    }
  }
}
