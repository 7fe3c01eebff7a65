package dev.writeback.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open, files and connections, as Linux tells it. */
final class OpenFiles {

  private static final Path OPEN = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** Where the system tells; elsewhere there is nothing to compare. */
  static boolean areTold() {
    return Files.isDirectory(OPEN);
  }

  /** One entry for each; a connection is a {@code socket}, whatever its number. */
  static List<String> now() throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> numbers = Files.list(OPEN)) {
      for (Path number : (Iterable<Path>) numbers::iterator) {
        try {
          String file = Files.readSymbolicLink(number).toString();
          // The jars that classes come from stay open once they are.
          if (!file.endsWith(".jar") && !file.startsWith("/proc/")) {
            open.add(file.replaceFirst(":.*", ""));
          }
        } catch (IOException closedMeanwhile) {
          continue;
        }
      }
    }
    open.sort(null);
    return open;
  }
}
