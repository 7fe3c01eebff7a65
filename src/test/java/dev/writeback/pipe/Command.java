package dev.writeback.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that read what we write; a test is skipped where the program is not installed. */
public final class Command {

  private Command() {}

  /** What the program prints; it must end well. */
  public static byte[] output(String... command) throws IOException, InterruptedException {
    assumeThat(isInstalled(command[0])).as("%s is installed", command[0]).isTrue();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as("exit code of %s", Arrays.toString(command)).isZero();
    return output;
  }

  /** Whether it is found by its name. */
  public static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
