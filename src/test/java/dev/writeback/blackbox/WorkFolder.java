package dev.writeback.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder as an operator has it: the shipped {@code routes/} and {@code application.properties}.
 */
final class WorkFolder {

  /** Where the build runs. */
  static final Path PROJECT = Path.of("").toAbsolutePath();

  private final Path path;

  private WorkFolder(Path path) {
    this.path = path;
  }

  /** With the shipped example jobs. */
  static WorkFolder withExamples(Path path) throws IOException {
    WorkFolder folder = new WorkFolder(path);
    copy(PROJECT.resolve("routes"), path.resolve("routes"));
    Files.copy(PROJECT.resolve("application.properties"), path.resolve("application.properties"));
    return folder;
  }

  /** Without any job, but with accounts, retry configuration and Kamelet. */
  static WorkFolder empty(Path path) throws IOException {
    WorkFolder folder = withExamples(path);
    Files.delete(folder.routes().resolve("airports-nightly.camel.yaml"));
    Files.delete(folder.routes().resolve("orders-by-hand.camel.yaml"));
    return folder;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  Path path() {
    return path;
  }

  Path routes() {
    return path.resolve("routes");
  }

  /** A job that is run by hand. */
  WorkFolder job(String id, Map<String, Object> parameters) {
    return job(id, "direct:" + id, Map.of(), parameters);
  }

  /** A job that a cron fires every second. */
  WorkFolder everySecond(String id, Map<String, Object> parameters) {
    return scheduled(id, "* * * * * ?", parameters);
  }

  /** A job of a schedule in UTC. */
  WorkFolder scheduled(String id, String cron, Map<String, Object> parameters) {
    Map<String, Object> trigger = new LinkedHashMap<>();
    trigger.put("cron", cron);
    trigger.put("trigger.timeZone", "UTC");
    trigger.put("stateful", true);
    return job(id, "quartz:writeback/" + id, trigger, parameters);
  }

  private WorkFolder job(
      String id, String from, Map<String, Object> trigger, Map<String, Object> parameters) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("account", "acme");
    all.put("role", "landing");
    all.putAll(parameters);
    String file =
        """
        - route:
            id: %s
            description: A job of the test
            routeConfigurationId: writeback
            from:
              uri: %s
        %s      steps:
                - to:
                    uri: kamelet:domo-s3-writeback
                    parameters:
        %s
        """
            .formatted(
                id,
                from,
                trigger.isEmpty() ? "" : "      parameters:\n" + lines(trigger, 8) + "\n",
                lines(all, 14));
    return write("routes/" + id + ".camel.yaml", file);
  }

  private static String lines(Map<String, Object> parameters, int indent) {
    return parameters.entrySet().stream()
        .map(entry -> " ".repeat(indent) + entry.getKey() + ": \"" + entry.getValue() + "\"")
        .collect(Collectors.joining("\n"));
  }

  /** A file of the test's own making. */
  WorkFolder write(String file, String text) {
    try {
      Files.writeString(path.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
