package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in another place than that in which it was built, as docs/operations.md has it. */
class InstallIT {

  private static final Path PAGE = WorkFolder.PROJECT.resolve("docs/operations.md");
  private static final String FROM_THE_ARCHIVE =
      "dev.writeback.app.Program source: shared objects file (top)";

  @TempDir Path directory;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  @Test
  void aCopyStartsFromItsOwnArchiveOfClasses() throws Exception {
    Path program = directory.resolve("program");
    Path folder = directory.resolve("its folder");

    assertThat(bash(WorkFolder.PROJECT, Map.of(), commands("install", program, folder)))
        .contains("orders-by-hand done: ", "/lib/domo-s3-writeback.jsa made\n");

    assertThat(started(program, folder)).contains(FROM_THE_ARCHIVE);
    Files.delete(program.resolve("bin/domo-s3-writeback"));

    bash(WorkFolder.PROJECT, Map.of(), commands("upgrade", program, folder));

    assertThat(started(program, folder)).contains(FROM_THE_ARCHIVE);
  }

  /** As the page has them, for other places. */
  private static String commands(String block, Path program, Path folder) throws IOException {
    return "set -e\n"
        + Files.readString(PAGE)
            .replaceFirst("(?s).*<!-- " + block + " -->\n```sh\n(.*?)```.*", "$1")
            .replace("/opt/domo-s3-writeback", quoted(program))
            .replace("/srv/writeback", quoted(folder));
  }

  private static String started(Path program, Path folder) throws Exception {
    return bash(
        folder,
        Map.of("WRITEBACK_JAVA_OPTIONS", "-Xlog:class+load"),
        quoted(program) + "/bin/domo-s3-writeback --version");
  }

  @Test
  void aPlaceMayHaveASpaceInItsName() throws Exception {
    Path place = directory.resolve("the program");
    Files.createSymbolicLink(place, Launcher.PROGRAM.getParent().getParent());

    assertThat(
            bash(
                directory, Map.of(), quoted(place) + "/bin/domo-s3-writeback --version && echo OK"))
        .endsWith("OK\n");
  }

  @Test
  void aStartWithoutTheArchiveOfClassesSetsOffNoFullCollection() throws Exception {
    Path program = Launcher.PROGRAM.getParent().getParent();

    assertThat(
            bash(
                directory,
                Map.of("WRITEBACK_JAVA_OPTIONS", "-Xshare:off -Xlog:gc"),
                "cp -r "
                    + quoted(program)
                    + "/example/. . && "
                    + quoted(program)
                    + "/bin/domo-s3-writeback demo"))
        .contains("Landed: s3://landing/", "Pause Young")
        .doesNotContain("Pause Full");
  }

  @Test
  void aJavaHomeThatLeadsNowhereIsNamed() throws Exception {
    assertThat(
            bash(
                directory,
                Map.of("JAVA_HOME", "/nowhere"),
                quoted(Launcher.PROGRAM) + " --version || echo ended with $?"))
        .isEqualTo(
            "domo-s3-writeback: JAVA_HOME - no Java at /nowhere/bin/java - '/nowhere' - the folder"
                + " of a JDK 17 or newer\nended with 2\n");
  }

  private static String quoted(Path path) {
    return "'" + path + "'";
  }

  private static String bash(Path folder, Map<String, String> environment, String script)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = Launcher.read(process.getInputStream());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
