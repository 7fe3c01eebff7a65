package dev.writeback.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A folder with the shipped accounts, error handling and Kamelet, and a test's own jobs. */
final class JobFolder {

  private static final String KAMELET = "kamelets/domo-s3-writeback.kamelet.yaml";

  private final Path path;

  private JobFolder(Path path) {
    this.path = path;
  }

  static JobFolder in(Path path) throws IOException {
    Path routes = Files.createDirectories(path.resolve("routes/kamelets")).getParent();
    for (String file : new String[] {"accounts.camel.yaml", "writeback.camel.yaml", KAMELET}) {
      Files.copy(Path.of("routes").resolve(file), routes.resolve(file));
    }
    Files.copy(Path.of("routes/alerts.camel.yaml"), routes.resolve("alerts.camel.yaml"));
    Files.copy(Path.of("application.properties"), path.resolve("application.properties"));
    return new JobFolder(path);
  }

  Path path() {
    return path;
  }

  /** A job that is run by hand; account and role are the shipped ones. */
  JobFolder job(String id, Map<String, Object> parameters) {
    String lines =
        parameters.entrySet().stream()
            .map(entry -> "              " + entry.getKey() + ": \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining());
    return write(
        id + ".camel.yaml",
        """
        - route:
            id: %s
            description: A job of the test
            routeConfigurationId: writeback
            from:
              uri: direct:%s
              steps:
                - to:
                    uri: kamelet:domo-s3-writeback
                    parameters:
                      account: acme
                      role: landing
        %s"""
            .formatted(id, id, lines));
  }

  /** A file of {@code routes/}. */
  JobFolder write(String file, String text) {
    try {
      Files.writeString(path.resolve("routes").resolve(file), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String file) {
    try {
      return Files.readString(path.resolve("routes").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
