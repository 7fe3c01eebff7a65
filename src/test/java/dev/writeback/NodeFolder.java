package dev.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of {@code src/test/node}, with the packages that its lock file names, as a copy below
 * {@code target}.
 */
public final class NodeFolder {

  private static final long MINUTES = 3;

  private final Path folder;

  private NodeFolder(Path folder) {
    this.folder = folder;
  }

  /** Copies the folder and, the first time, installs what it depends on. */
  public static NodeFolder install(String name) throws IOException, InterruptedException {
    NodeFolder installed = new NodeFolder(Files.createDirectories(Path.of("target", name)));
    try (Stream<Path> files = Files.list(Path.of("src/test/node", name))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            installed.folder.resolve(file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(installed.folder.resolve("node_modules"))) {
      installed.run(
          Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
    }
    return installed;
  }

  /** A file or folder of an installed package. */
  public Path file(String path) {
    return folder.resolve("node_modules").resolve(path);
  }

  /** Runs a command in the folder; answers its output. */
  public String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Path errors = folder.resolve("errors.txt");
    Path output = folder.resolve("output.txt");
    builder.redirectError(errors.toFile()).redirectOutput(output.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError(
          "This test runs `"
              + command[0]
              + "`, which cannot be started. Install Node.js 18 or later with npm (Debian: apt-get"
              + " install nodejs npm).",
          e);
    }
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("%s ends within %d minutes", command[0], MINUTES).isTrue();
    assertThat(process.exitValue())
        .as("%s says: %s", command[0], Files.readString(errors))
        .isZero();
    return Files.readString(output);
  }
}
