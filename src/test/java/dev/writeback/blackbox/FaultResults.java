package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a fault suite has found, by the {@code case} of its table in {@code spec/}. A suite adds
 * each round as it ends, good or not, and calls {@link #finish} when it has ended itself.
 * Thread-safe.
 */
final class FaultResults {

  private static final Path FOLDER = WorkFolder.PROJECT.resolve("target/faults");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String suite;
  private final Map<String, Tally> found = new ConcurrentHashMap<>();

  /**
   * @param suite names the file, {@code target/faults/SUITE.json}
   */
  FaultResults(String suite) {
    this.suite = suite;
  }

  /** Adds what one or more rounds of a fault came to. */
  void add(String fault, Tally rounds) {
    found.merge(fault, rounds, Tally::plus);
  }

  /**
   * Writes the file, and fails where {@code docs/faults.md} tells anything else, or of fewer rounds
   * than there were; with {@code -Dreadme.write} it is the page that is made to agree.
   */
  void finish() throws IOException {
    Files.createDirectories(FOLDER);
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(FOLDER.resolve(suite + ".json").toFile(), new TreeMap<>(found));
    if (System.getProperty("readme.write") != null) {
      FaultTable.write(found);
    }
    Map<String, Tally> told = FaultTable.told();
    found.forEach(
        (fault, tally) -> {
          Tally page = told.getOrDefault(fault, Tally.NONE);
          assertThat(page.rounds())
              .as("rounds of '%s' in docs/faults.md", fault)
              .isGreaterThanOrEqualTo(tally.rounds());
          assertThat(page.of(tally.rounds())).as("'%s' in docs/faults.md", fault).isEqualTo(tally);
        });
  }
}
