package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/performance.md} is what the recorded runs say. A new recording is accepted by {@code
 * -Dreadme.write}, as in {@link ReadmeTest}.
 */
class PerformancePageTest {

  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

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
                    """),
            NONE);

    assertThat(text)
        .contains("## Over https, on one core\n", "- Recorded on 2026-01-01: quiet\n")
        .contains("| 1GB | none | domo-s3-writeback | 3 | 4.00 | 2.00 | 300 | 1.0 |  |  |\n")
        .contains("| 1GB | none | slow | 1 | 16.00 | 8.00 | 900 | 1.0 | 0.25 | 0.25 |\n")
        .contains("- 1GB, none, over https, on one core: 2.00 times the CPU of quick.\n")
        .contains(
            "- 1GB, none, over https, on one core: 300 MB of memory, where 256 are the goal.\n")
        .doesNotContain("of slow.");
  }

  @Test
  void takesTheRunsOfAllRecordingsTogetherAndNamesEachGoal() throws IOException {
    String text =
        PerformancePage.text(
            new ObjectMapper()
                .readTree("[" + recording("1GB", 1, 2, 4) + "," + recording("1GB", 1, 8, 4) + "]"),
            NONE);

    assertThat(text)
        .contains("| 1GB | none | domo-s3-writeback | 2 | 5.00 | 5.00 | 100 | 1.0 |  |  |\n")
        .contains("| 1GB | none | rclone | 2 | 4.00 | 4.00 | 100 | 1.0 | 1.25 | 1.25 |\n")
        .contains(
            "| 1GB, none, to rclone: CPU | over http, on 2 cores | 1.00 | 1.25 | not reached |\n");
  }

  @Test
  void tellsWhatHasBeenStreamedBack() throws IOException {
    String text =
        PerformancePage.text(
            new ObjectMapper()
                .readTree(
                    """
                    [{"day": "2026-01-01", "machine": ["a machine"], "note": "", "size": "10GB", "case": "none",
                      "scheme": "https", "bytes": 1, "rows": 7, "verified": {"cpu": 60, "wall": 50, "rss": 2e8,
                      "out": 1e10, "equal": 1e10, "collections": 90, "full": 0}}]
                    """),
            NONE);

    assertThat(text)
        .contains(
            "| 10GB | none over https | 7 | 60.00 | 50.00 | 200 | 10000.0 | 10000.0 | 90 | 0 |\n");
  }

  @Test
  void tellsHowQuickThePartsAre() throws IOException {
    String text =
        PerformancePage.text(
            NONE,
            new ObjectMapper()
                .readTree(
                    """
                    [{"part": "DataFormats", "options": "gzip:level=FAST", "milliseconds": 20, "error": 0.5},
                     {"part": "Counting", "options": "", "milliseconds": 4, "error": 0.1}]
                    """));

    assertThat(text)
        .contains("| gzip level=FAST | 20.00 | 0.50 | 400 |\n")
        .contains("| counting the records | 4.00 | 0.10 | 2000 |\n");
  }

  @Test
  void tellsWhatAFurtherGigabyteCosts() throws IOException {
    String text =
        PerformancePage.text(
            new ObjectMapper()
                .readTree(
                    "["
                        + recording("1GB", 1e9, 10, 5)
                        + ","
                        + recording("10GB", 1e10, 55, 50)
                        + "]"),
            NONE);

    assertThat(text)
        .contains("| none | over http, on 2 cores | domo-s3-writeback | 5.00 |  |\n")
        .contains("| none | over http, on 2 cores | rclone | 5.00 | 1.00 |\n");
  }

  /** One run each, of so many CPU seconds. */
  private static String recording(String size, double bytes, int ours, int rclone) {
    return """
        {"day": "2026-01-01", "machine": ["a machine"], "note": "", "size": "%s", "case": "none",
         "scheme": "http", "cores": 2, "link": null, "bytes": %s, "rows": 1, "runs": {
         "us": [{"cpu": %d, "wall": 5, "rss": 1e8, "out": 1e6, "span": 1}],
         "rclone": [{"cpu": %d, "wall": 4, "rss": 1e8, "out": 1e6, "span": 1}]}}
        """
        .formatted(size, bytes, ours, rclone);
  }
}
