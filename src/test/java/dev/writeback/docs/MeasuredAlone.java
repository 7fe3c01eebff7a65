package dev.writeback.docs;

import static dev.writeback.docs.PerformancePage.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** The tables of what has been measured without a peer. */
final class MeasuredAlone {

  /** What each part is measured with. */
  private static final double PART_MEGABYTES = 8;

  private MeasuredAlone() {}

  static void many(JsonNode results, StringBuilder text) {
    List<JsonNode> all = having(results, "many");
    if (all.isEmpty()) {
      return;
    }
    text.append("\n## Many jobs in the same second, on one process\n\n");
    text.append(
        "| jobs | of each | landed | CPU s | MB of memory | first, s | median, s | last, s |\n");
    text.append("|---|---|---|---|---|---|---|---|\n");
    for (JsonNode result : all) {
      JsonNode many = result.get("many");
      text.append(
          format(
              "| %d | %s over %s | %d | %.1f | %.0f | %.1f | %.1f | %.1f |%n",
              many.get("jobs").intValue(),
              result.get("size").textValue(),
              result.get("scheme").textValue(),
              many.get("landed").intValue(),
              many.get("cpu").doubleValue(),
              many.get("rss").doubleValue() / 1e6,
              many.get("first").doubleValue(),
              many.get("median").doubleValue(),
              many.get("last").doubleValue()));
    }
    text.append(
        "\n"
            + "First, median and last tell how long a job took from its due time to its object, the"
            + " wait for memory included.\n");
  }

  static void streamedBack(JsonNode results, StringBuilder text) {
    List<JsonNode> all = having(results, "verified");
    if (all.isEmpty()) {
      return;
    }
    text.append("\n## Streamed back and compared, byte by byte\n\n");
    text.append(
        "| DataSet | compression | rows | CPU s | wall s | MB of memory | MB written | MB equal |"
            + " collections | full ones |\n");
    text.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (JsonNode result : all) {
      JsonNode figures = result.get("verified");
      text.append(
          format(
              "| %s | %s over %s | %d | %.2f | %.2f | %.0f | %.1f | %.1f | %d | %d |%n",
              result.get("size").textValue(),
              result.get("case").textValue(),
              result.get("scheme").textValue(),
              result.get("rows").longValue(),
              figures.get("cpu").doubleValue(),
              figures.get("wall").doubleValue(),
              figures.get("rss").doubleValue() / 1e6,
              figures.get("out").doubleValue() / 1e6,
              figures.get("equal").doubleValue() / 1e6,
              figures.get("collections").intValue(),
              figures.get("full").intValue()));
    }
  }

  static void parts(JsonNode parts, StringBuilder text) {
    text.append("\n## The parts, each alone\n\n");
    text.append("By JMH, on 8 MB of CSV like a DataSet's, in one thread but where a codec has its");
    text.append(" own; of the text that goes in.\n\n");
    text.append("| part | ms | +- | MB/s |\n|---|---|---|---|\n");
    for (JsonNode part : parts) {
      double milliseconds = part.get("milliseconds").doubleValue();
      String options = part.get("options").textValue();
      text.append(
          format(
              "| %s | %.2f | %.2f | %.0f |%n",
              options.isEmpty() ? "counting the records" : options.replaceFirst(":", " ").strip(),
              milliseconds,
              part.get("error").doubleValue(),
              PART_MEGABYTES / milliseconds * 1000));
    }
  }

  private static List<JsonNode> having(JsonNode results, String what) {
    return StreamSupport.stream(results.spliterator(), false)
        .filter(result -> result.has(what))
        .toList();
  }
}
