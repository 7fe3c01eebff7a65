package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/metrics.md} ends with the list of all metrics. A change is accepted by {@code
 * -Dreadme.write}, as in {@link dev.writeback.docs.ReadmeTest}.
 */
class MetricsReferenceTest {

  private static final Path FILE = Path.of("docs/metrics.md");
  private static final String LIST = "<!-- metrics -->\n";

  @Test
  void listsWhatIsTold() throws IOException {
    String text = Files.readString(FILE);
    assertThat(text).contains(LIST);
    String whole = text.substring(0, text.indexOf(LIST) + LIST.length()) + table();
    if (System.getProperty("readme.write") != null) {
      Files.writeString(FILE, whole);
    }
    assertThat(Files.readString(FILE)).isEqualTo(whole);
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| metric | kind | meaning |\n|---|---|---|\n");
    for (Metric metric : Metric.values()) {
      table.append(
          "| `%s` | %s | %s |%n"
              .formatted(metric.prometheus(), metric.kind().prometheus(), metric.description()));
    }
    return table.toString();
  }
}
