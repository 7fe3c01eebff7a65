package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests of the examples, run by Maven as whoever copies one runs them, with the jar that has
 * just been built. It is published to a repository of this build alone, in which all others are
 * those of the user's own, so that no other build's jar is taken and nothing is fetched twice.
 */
class ExamplesIT {

  private static final Path REPOSITORY = Path.of("target/examples-repository").toAbsolutePath();
  private static final String GROUP = "dev";
  private static final String SUBGROUP = "writeback";
  private static final int LONGEST_MINUTES = 30;

  @TempDir Path directory;

  @Test
  void theirTestsPass() throws Exception {
    publish();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
    command.addAll(List.of("-B", "-f", "examples/pom.xml", "-Dmaven.repo.local=" + REPOSITORY));
    if ("offline=true".equals(System.getProperty("maven.network"))) {
      command.add("-o");
    }
    command.add("verify");

    Instant begun = Instant.now();
    Path output = directory.resolve("output.txt");
    Process maven =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = maven.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    maven.destroy();

    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(maven.exitValue()).as(said).isZero();
    assertThat(modules()).isNotEmpty().allSatisfy(module -> hasPassed(module, begun));
    assertThat(said)
        .as("secrets in a log")
        .doesNotContain(Sandbox.CLIENT_SECRET, Sandbox.SECRET_ACCESS_KEY);
  }

  /** The examples; the sandbox is not one. */
  private static List<String> modules() throws IOException {
    return Files.readAllLines(Path.of("examples/pom.xml")).stream()
        .filter(line -> line.contains("<module>") && !line.contains(">sandbox<"))
        .map(line -> line.replaceAll("</?module>", "").strip())
        .toList();
  }

  /** It has run tests; one that had failed would have failed the build. */
  private static void hasPassed(String module, Instant begun) throws IOException {
    try (Stream<Path> reports =
        Files.list(Path.of("examples", module, "target", "surefire-reports"))) {
      assertThat(reports.filter(file -> file.getFileName().toString().startsWith("TEST-")))
          .as(module)
          .isNotEmpty()
          .allSatisfy(
              report ->
                  assertThat(Files.getLastModifiedTime(report).toInstant())
                      .isAfter(begun.minusSeconds(1)));
    }
  }

  private static void publish() throws IOException {
    link(Path.of(System.getProperty("maven.repository")), REPOSITORY, GROUP);
    link(
        Path.of(System.getProperty("maven.repository"), GROUP),
        REPOSITORY.resolve(GROUP),
        SUBGROUP);
    Path jar = ThinJarIT.jar("");
    String version = jar.getFileName().toString().replaceAll("^domo-s3-writeback-|\\.jar$", "");
    Path published =
        Files.createDirectories(
            REPOSITORY.resolve(Path.of(GROUP, SUBGROUP, "domo-s3-writeback", version)));
    copy(jar, published.resolve(jar.getFileName()));
    copy(Path.of("pom.xml"), published.resolve("domo-s3-writeback-" + version + ".pom"));
  }

  /** Makes a folder whose entries are those of another one, but for one name. */
  private static void link(Path others, Path folder, String butFor) throws IOException {
    Files.createDirectories(folder);
    if (!Files.isDirectory(others)) {
      return;
    }
    try (Stream<Path> entries = Files.list(others)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Path link = folder.resolve(entry.getFileName());
        if (!link.endsWith(butFor) && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
          Files.createSymbolicLink(link, entry.toAbsolutePath());
        }
      }
    }
  }

  private static void copy(Path file, Path to) throws IOException {
    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
