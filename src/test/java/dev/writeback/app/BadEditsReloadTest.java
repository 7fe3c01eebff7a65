package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.writeback.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Every bad edit while the program runs: told in the words of {@code validate} and the start, and
 * the jobs go on as they were.
 */
class BadEditsReloadTest {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String NOT_TAKEN = "not taken: ";
  private static final Map<String, String> SETTINGS =
      Map.of(
          Reloading.SETTING, "100ms",
          ManagementPort.PORT, "off",
          LedgerDatabase.URL, "jdbc:h2:mem:bad-edits;DB_CLOSE_DELAY=-1");
  private static final List<String> LINES = new CopyOnWriteArrayList<>();
  private static final AppenderBase<ILoggingEvent> LISTENER =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          LINES.add(event.getFormattedMessage());
        }
      };

  @TempDir static Path folder;
  private static Main program;
  private static Map<Path, String> good;

  @BeforeAll
  static void start() throws Exception {
    BadEdits.good(folder);
    good = texts();
    SETTINGS.forEach(System::setProperty);
    LISTENER.start();
    ((Logger) LoggerFactory.getLogger("dev.writeback.jobs")).addAppender(LISTENER);
    program = new Jobs(folder).scheduled();
    program.start();
  }

  @AfterAll
  static void stop() {
    program.stop();
    ((Logger) LoggerFactory.getLogger("dev.writeback.jobs")).detachAppender(LISTENER);
    SETTINGS.keySet().forEach(System::clearProperty);
  }

  private static Map<Path, String> texts() throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(file, Files.readString(file));
      }
    }
    return texts;
  }

  @AfterEach
  void undo() throws IOException {
    LINES.clear();
    try (Stream<Path> files = Files.walk(folder.resolve("routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!good.containsKey(file)) {
          Files.delete(file);
        }
      }
    }
    for (Map.Entry<Path, String> file : good.entrySet()) {
      SavedFile.write(file.getKey(), file.getValue());
    }
    awaitLine("routes is right again");
  }

  private static void awaitLine(String part) {
    await().atMost(LONGEST).until(() -> LINES.stream().anyMatch(line -> line.contains(part)));
  }

  static Stream<Spec.Case> cases() throws IOException {
    return BadEdits.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTold(Spec.Case edit) throws IOException {
    LINES.clear();
    BadEdits.apply(edit, folder);
    awaitLine(NOT_TAKEN);

    assertThat(LINES)
        .filteredOn(line -> !line.startsWith(NOT_TAKEN))
        .map(line -> BadEdits.withoutLists(line.replace(folder + "/routes/", "")))
        .containsExactlyElementsOf(edit.list("told"));
    assertThat(JobStates.jobs(program.getCamelContext()))
        .extracting(route -> route.getRouteId())
        .containsExactly("returns", "sales-daily");
  }
}
