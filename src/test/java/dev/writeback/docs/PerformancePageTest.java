package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/performance.md} is what the recorded runs say. A new recording is accepted by {@code
 * -Dreadme.write}, as in {@link ReadmeTest}.
 */
class PerformancePageTest {

  private static final Path FILE = Path.of("docs/performance.md");

  @Test
  void isWhatHasBeenRecorded() throws IOException {
    String text = PerformancePage.text();
    if (System.getProperty("readme.write") != null) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text);
  }

  @Test
  void tellsMediansAndNamesEachLoss() throws IOException {
    String text =
        PerformancePage.text(
            new ObjectMapper()
                .readTree(
                    """
                    [{"day": "2026-01-01", "machine": ["a machine"], "note": "quiet", "size": "1GB", "case": "none",
                      "scheme": "https", "cores": 1, "link": null, "bytes": 1, "rows": 1, "runs": {
                      "us": [{"cpu": 3, "wall": 2, "rss": 3e8, "out": 1e6, "span": 1},
                             {"cpu": 9, "wall": 2, "rss": 3e8, "out": 1e6, "span": 1},
                             {"cpu": 4, "wall": 2, "rss": 1e8, "out": 1e6, "span": 1}],
                      "quick": [{"cpu": 2, "wall": 4, "rss": 1e8, "out": 1e6, "span": 1}],
                      "slow": [{"cpu": 16, "wall": 8, "rss": 9e8, "out": 1e6, "span": 1}]}}]
                    """));

    assertThat(text)
        .contains("## Over https, on one core\n", "- Recorded on 2026-01-01: quiet\n")
        .contains("| 1GB | none | domo-s3-writeback | 3 | 4.00 | 2.00 | 300 | 1.0 |  |  |\n")
        .contains("| 1GB | none | slow | 1 | 16.00 | 8.00 | 900 | 1.0 | 0.25 | 0.25 |\n")
        .contains("- 1GB, none, over https, on one core: 2.00 times the CPU of quick.\n")
        .contains(
            "- 1GB, none, over https, on one core: 300 MB of memory, where 256 are the goal.\n")
        .doesNotContain("of slow.");
  }
}
