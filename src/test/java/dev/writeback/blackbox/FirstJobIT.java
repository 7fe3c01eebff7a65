package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/first-job.md} is what {@code docs/first-job} records. A change is accepted by {@code
 * mvn verify -Dit.test=FirstJobIT -Dreadme.write}.
 */
class FirstJobIT {

  private static final Path PAGE = WorkFolder.PROJECT.resolve("docs/first-job.md");
  private static final int LONGEST_MINUTES = 8;

  @TempDir Path folder;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  @Test
  void aNewcomersSessionIsAsThePageShowsIt() throws Exception {
    File session = folder.resolve("session.md").toFile();
    File errors = folder.resolve("errors").toFile();
    Process process =
        new ProcessBuilder(WorkFolder.PROJECT.resolve("docs/first-job").toString())
            .redirectOutput(session)
            .redirectError(errors)
            .start();
    assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors.toPath())).isZero();
    String recorded = Files.readString(session.toPath());
    if (System.getProperty("readme.write") != null) {
      Files.writeString(PAGE, recorded);
    }
    assertThat(recorded).isEqualTo(Files.readString(PAGE));
  }
}
