package dev.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What comes onto the class path of a program that embeds the jar: nothing unnoticed. */
class EmbedderClassPathTest {

  private static final Path ACCEPTED = Path.of("src/test/resources/embedder-class-path.txt");

  /** Written by the build before the tests; optional artifacts do not reach an embedder. */
  private static final Path FOUND = Path.of("target/class-path.txt");

  private static final Pattern ARTIFACT =
      Pattern.compile("\\s+([\\w.-]+:[\\w.-]+):jar:.*(?<!\\(optional\\))");

  @Test
  void isTheAcceptedOne() throws IOException {
    SortedSet<String> accepted = new TreeSet<>(Files.readAllLines(ACCEPTED));
    SortedSet<String> found = found();

    assertThat(found).as("artifacts in " + FOUND).isNotEmpty();
    assertThat(found)
        .as(
            "An embedder gets %s more and %s less than %s says. Where that is meant, put these"
                + " lines into it:%n%s%n",
            without(found, accepted),
            without(accepted, found),
            ACCEPTED,
            String.join(System.lineSeparator(), found))
        .isEqualTo(accepted);
  }

  private static SortedSet<String> found() throws IOException {
    try (var lines = Files.lines(FOUND)) {
      return lines
          .map(line -> line.replaceFirst(" -- module .*", "").stripTrailing())
          .map(ARTIFACT::matcher)
          .filter(Matcher::matches)
          .map(artifact -> artifact.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static SortedSet<String> without(SortedSet<String> all, SortedSet<String> some) {
    SortedSet<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
