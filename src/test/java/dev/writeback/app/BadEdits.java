package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The corpus of bad edits in {@code spec/bad-edits/}, and the folder that each is made in. */
final class BadEdits {

  private static final Path CORPUS = Path.of("src/test/resources/spec/bad-edits");
  private static final List<String> SHARED = List.of("accounts", "writeback", "alerts");

  private static final String SETTINGS =
      """

      acme.domo-client-id=an-id
      acme.domo-client-secret=a-secret
      # Nobody is there, should something be asked.
      acme.api-host=http://127.0.0.1:1
      landing.external-id=acme-1
      keys.auditors=0123456789abcdef0123456789abcdef
      """;

  private BadEdits() {}

  static Stream<Spec.Case> cases() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList()
          .stream()
          .flatMap(name -> Spec.cases("bad-edits/" + name.replace(".yaml", "")));
    }
  }

  /** The folder before any edit; nothing is wrong with it. */
  static void good(Path folder) throws IOException {
    Path routes = Files.createDirectories(folder.resolve("routes/kamelets")).getParent();
    String kamelet = "kamelets/domo-s3-writeback.kamelet.yaml";
    Files.copy(Path.of("routes").resolve(kamelet), routes.resolve(kamelet));
    for (String shared : SHARED) {
      String name = shared + ".camel.yaml";
      Files.copy(Path.of("routes").resolve(name), routes.resolve(name));
    }
    try (Stream<Path> jobs = Files.list(CORPUS.resolve("good"))) {
      for (Path job : jobs.toList()) {
        Files.copy(job, routes.resolve(job.getFileName()));
      }
    }
    SavedFile.write(
        folder.resolve("application.properties"),
        Files.readString(Path.of("application.properties")) + SETTINGS);
  }

  /** Edits a good folder. */
  static void apply(Spec.Case edit, Path folder) throws IOException {
    Path routes = folder.resolve("routes");
    for (Map<String, String> change : edit.<Map<String, String>>list("edits")) {
      Path file = routes.resolve(change.get("file"));
      String text = Files.readString(file);
      assertThat(text).contains(change.get("from"));
      int at = text.indexOf(change.get("from"));
      SavedFile.write(
          file,
          text.substring(0, at)
              + change.get("to")
              + text.substring(at + change.get("from").length()));
    }
    for (Map.Entry<String, Object> file : edit.map("files").entrySet()) {
      SavedFile.write(routes.resolve(file.getKey()), file.getValue().toString());
    }
    for (String file : edit.<String>list("deleted")) {
      Files.delete(routes.resolve(file));
    }
  }

  /** What the lists hold changes with the Kamelet, and with Camel. */
  static String withoutLists(String line) {
    return line.replaceFirst("(unknown parameter - known are ).*", "$1{every parameter}")
        .replaceFirst("(no such step - known are ).*", "$1{every step}");
  }
}
