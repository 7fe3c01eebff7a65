package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That docs/operations.md speaks of messages that the program has. */
class OperationsTest {

  private static final Path PAGE = Path.of("docs/operations.md");

  /** Between two pieces of one text, as the formatter breaks it. */
  private static final Pattern BREAK = Pattern.compile("\"\\s*\\+\\s*\"");

  private static String program;

  @BeforeAll
  static void read() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      program =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(OperationsTest::text)
              .collect(Collectors.joining());
    }
    program = BREAK.matcher(program).replaceAll("");
  }

  static List<String> messages() {
    return text(PAGE)
        .lines()
        .dropWhile(line -> !line.startsWith("| it says"))
        .skip(2)
        .map(line -> line.replaceFirst("^\\| `([^`]+)` \\|.*$", "$1"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void eachMessageIsOneOfTheProgram(String message) {
    assertThat(program).contains(message);
  }

  /** Each line is one of its form; what is an exit code is ours. */
  @Test
  void theUnitIsOneOfSystemd() {
    String unit = text(PAGE).replaceFirst("(?s).*<!-- systemd unit -->\n```ini\n(.*?)```.*", "$1");

    assertThat(unit.lines())
        .allMatch(line -> line.matches("|#.*|\\[(Unit|Service|Install)]|[A-Z][A-Za-z]+=\\S.*"))
        .contains("ExecStart=/opt/domo-s3-writeback/bin/domo-s3-writeback")
        .contains("RestartPreventExitStatus=" + Outcome.CONFIGURATION.exitCode());
  }

  @Test
  void thereAreSome() {
    assertThat(messages()).hasSizeGreaterThan(20).doesNotHaveDuplicates();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
