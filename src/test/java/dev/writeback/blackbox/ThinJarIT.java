package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar to embed and what is published with it, as it was packaged. */
class ThinJarIT {

  @Test
  void hasTheRoomsAndTheKameletButNeitherProgramNorSandbox() throws IOException {
    List<String> entries = entries("");

    assertThat(entries)
        .contains(
            "dev/writeback/domo/DomoComponent.class",
            "dev/writeback/s3/StreamingS3Client.class",
            "META-INF/services/org/apache/camel/component/domo",
            "dev/writeback/routes/writeback.camel.yaml")
        .anyMatch(entry -> entry.matches("kamelets/.+\\.kamelet\\.yaml"));
    assertThat(entries.stream().filter(entry -> !entry.contains("/"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-sources", "-javadoc"})
  void hasNothingOfTheProgramAndOfTheSandbox(String kind) throws IOException {
    assertThat(entries(kind))
        .anyMatch(entry -> entry.startsWith("dev/writeback/domo/DomoComponent."))
        .noneMatch(entry -> entry.startsWith("dev/writeback/app/"))
        .noneMatch(entry -> entry.startsWith("dev/writeback/sandbox/"))
        .doesNotContain("logback.xml");
  }

  /** By it Quarkus and others look for classes that are not there then. */
  @Test
  void itsIndexHasTheClassesOfTheJarAlone() throws IOException {
    String index = text("", "META-INF/jandex.idx");

    assertThat(index)
        .contains("DomoComponent", "StreamingS3Client")
        .doesNotContain("SandboxDomo", "RunCommand");
  }

  /** By these lists tools learn what the jar has. */
  @Test
  void listsItsComponentsAndBeans() throws IOException {
    assertThat(text("", "META-INF/services/org/apache/camel/component.properties"))
        .contains("components=domo ledger pipe\n", "artifactId=domo-s3-writeback\n");
    assertThat(text("", "META-INF/services/org/apache/camel/bean.properties"))
        .contains("bean=AssumedRole DomoAccount EncryptionKey\n");
  }

  /** So that {@code java -jar} finds what the launcher finds. */
  @Test
  void theProgramsJarNamesWhatLiesBesideIt() throws IOException {
    Path program = jar("-program");
    Path lib = Launcher.PROGRAM.resolveSibling("../lib").normalize();
    try (JarFile jar = new JarFile(program.toFile())) {
      String path = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);

      assertThat(path.split(" ")).allSatisfy(name -> assertThat(lib.resolve(name)).exists());
    }
  }

  private static List<String> entries(String kind) throws IOException {
    try (JarFile jar = new JarFile(jar(kind).toFile())) {
      return jar.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")).toList();
    }
  }

  private static String text(String kind, String entry) throws IOException {
    try (JarFile jar = new JarFile(jar(kind).toFile());
        InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * @param kind empty for the jar itself, else its classifier with the hyphen before it
   */
  static Path jar(String kind) throws IOException {
    Pattern name = Pattern.compile("domo-s3-writeback-\\d[\\d.]*(-SNAPSHOT)?" + kind + "\\.jar");
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars =
          files.filter(file -> name.matcher(file.getFileName().toString()).matches()).toList();
      assertThat(jars).as("jars called " + name).hasSize(1);
      return jars.get(0);
    }
  }
}
