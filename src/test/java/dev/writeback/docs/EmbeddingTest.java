package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/embedding.md shows what the examples are, which have tests of their own. A change is
 * accepted by {@code mvn test -Dtest=EmbeddingTest -Dreadme.write}, which writes the page anew.
 */
class EmbeddingTest {

  private static final Path PAGE = Path.of("docs/embedding.md");

  /** A file in whole, or, with a word of what it is, a part of it. */
  private static final Pattern SHOWN =
      Pattern.compile("<!-- file (\\S+?)(: [^>]+)? -->\n```[a-z]*\n(.*?)```\n", Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void showsTheFilesAsTheyAre() throws IOException {
    if (System.getProperty("readme.write") != null) {
      write();
    }
    List<MatchResult> shown = SHOWN.matcher(Files.readString(PAGE)).results().toList();

    assertThat(shown).hasSizeGreaterThan(5);
    for (MatchResult block : shown) {
      String file = Files.readString(Path.of(block.group(1)));
      if (block.group(2) == null) {
        assertThat(block.group(3)).as(block.group(1)).isEqualTo(file);
      } else {
        assertThat(file).as(block.group(1)).contains(block.group(3));
      }
    }
  }

  private static void write() throws IOException {
    Matcher blocks = SHOWN.matcher(Files.readString(PAGE));
    StringBuilder page = new StringBuilder();
    while (blocks.find()) {
      String file = Files.readString(Path.of(blocks.group(1)));
      String whole = blocks.group().replace(blocks.group(3) + "```\n", file + "```\n");
      blocks.appendReplacement(
          page, Matcher.quoteReplacement(blocks.group(2) == null ? whole : blocks.group()));
    }
    Files.writeString(PAGE, blocks.appendTail(page).toString());
  }

  @Test
  void showsEachPart() throws IOException {
    try (Stream<Path> routes = Files.list(Path.of("examples/parts/src/main/resources/routes"))) {
      String page = Files.readString(PAGE);
      assertThat(routes.map(Path::toString).filter(file -> !file.contains("accounts")))
          .allSatisfy(file -> assertThat(page).contains("<!-- file " + file + " -->"));
    }
  }

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(PAGE, Path.of("examples/README.md")));
    for (String module : modules()) {
      pages.add(Path.of("examples", module, "README.md"));
    }
    return pages;
  }

  /** The examples; the sandbox is not one. */
  private static List<String> modules() throws IOException {
    return Files.readAllLines(Path.of("examples/pom.xml")).stream()
        .filter(line -> line.contains("<module>") && !line.contains(">sandbox<"))
        .map(line -> line.replaceAll("</?module>", "").strip())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksToWhatIsThere(Path page) throws IOException {
    assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
  }

  @Test
  void linksToEachExample() throws IOException {
    for (Path page : List.of(PAGE, Path.of("examples/README.md"))) {
      for (String module : modules()) {
        assertThat(Files.readString(page)).as(page.toString()).contains("/" + module + ")");
      }
    }
  }

  /** One screen. */
  @ParameterizedTest
  @MethodSource("pages")
  void anExamplesPageIsShort(Path page) throws IOException {
    if (!page.equals(PAGE)) {
      assertThat(Files.readAllLines(page)).hasSizeLessThanOrEqualTo(45);
    }
  }
}
