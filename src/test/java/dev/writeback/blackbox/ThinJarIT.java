package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar to embed, as it was packaged. */
class ThinJarIT {

  private static final String JAR = "domo-s3-writeback-\\d[\\w.]*";

  @Test
  void hasTheRoomsAndTheKameletButNeitherProgramNorSandbox() throws IOException {
    assertThat(entries(JAR + "\\.jar"))
        .contains(
            "dev/writeback/domo/DomoComponent.class",
            "dev/writeback/s3/StreamingS3Client.class",
            "META-INF/services/org/apache/camel/component/domo",
            "dev/writeback/routes/writeback.camel.yaml")
        .anyMatch(entry -> entry.matches("kamelets/.+\\.kamelet\\.yaml"))
        .noneMatch(entry -> entry.startsWith("dev/writeback/app/"))
        .noneMatch(entry -> entry.startsWith("dev/writeback/sandbox/"))
        .doesNotContain("logback.xml", "META-INF/jandex.idx");
  }

  @Test
  void hasItsSourcesAndItsJavadocBesideIt() throws IOException {
    assertThat(entries(JAR + "-sources\\.jar"))
        .contains("dev/writeback/domo/DomoComponent.java")
        .noneMatch(entry -> entry.startsWith("dev/writeback/app/"))
        .noneMatch(entry -> entry.startsWith("dev/writeback/sandbox/"));
    assertThat(entries(JAR + "-javadoc\\.jar"))
        .contains("dev/writeback/s3/AssumedRole.html")
        .noneMatch(entry -> entry.startsWith("dev/writeback/app/"))
        .noneMatch(entry -> entry.startsWith("dev/writeback/sandbox/"));
  }

  private static List<String> entries(String name) throws IOException {
    try (JarFile jar = new JarFile(only(name).toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  private static Path only(String name) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      assertThat(jars).hasSize(1);
      return jars.get(0);
    }
  }
}
