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

  @Test
  void hasTheRoomsAndTheKameletButNeitherProgramNorSandbox() throws IOException {
    List<String> entries = entries();

    assertThat(entries)
        .contains(
            "dev/writeback/domo/DomoComponent.class",
            "dev/writeback/s3/StreamingS3Client.class",
            "META-INF/services/org/apache/camel/component/domo",
            "dev/writeback/routes/writeback.camel.yaml")
        .anyMatch(entry -> entry.matches("kamelets/.+\\.kamelet\\.yaml"))
        .noneMatch(entry -> entry.startsWith("dev/writeback/app/"))
        .noneMatch(entry -> entry.startsWith("dev/writeback/sandbox/"))
        .doesNotContain("logback.xml");
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(thinJar().toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  private static Path thinJar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars =
          files
              .filter(
                  file ->
                      file.getFileName()
                          .toString()
                          .matches("domo-s3-writeback-\\d[\\w.-]*(?<!-program)\\.jar"))
              .toList();
      assertThat(jars).hasSize(1);
      return jars.get(0);
    }
  }
}
