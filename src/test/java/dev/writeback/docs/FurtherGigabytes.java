package dev.writeback.docs;

import static dev.writeback.docs.PerformancePage.US;
import static dev.writeback.docs.PerformancePage.conditions;
import static dev.writeback.docs.PerformancePage.format;
import static dev.writeback.docs.PerformancePage.median;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a gigabyte costs beyond the first, where both sizes have been recorded. */
final class FurtherGigabytes {

  private FurtherGigabytes() {}

  /**
   * @param groups comparisons under the same conditions, each with the runs of all its recordings
   */
  static void tell(Collection<List<JsonNode>> groups, StringBuilder text) {
    StringBuilder rows = new StringBuilder();
    for (List<JsonNode> compared : groups) {
      for (JsonNode large : compared) {
        if (large.get("size").textValue().equals("10GB")) {
          compared.stream()
              .filter(result -> result.get("size").textValue().equals("1GB"))
              .filter(result -> result.get("case").equals(large.get("case")))
              .forEach(one -> rows.append(furtherGigabyte(one, large)));
        }
      }
    }
    if (!rows.isEmpty()) {
      text.append("\n## A further gigabyte\n\n");
      text.append("What each one costs beyond the first: without the start, and without what Java");
      text.append(" needs to become quick.\n\n");
      text.append("| compression | conditions | | CPU s | CPU, us/peer |\n|---|---|---|---|---|\n");
      text.append(rows);
    }
  }

  private static String furtherGigabyte(JsonNode one, JsonNode large) {
    StringBuilder rows = new StringBuilder();
    double ours = further(one, large, US);
    for (String name : (Iterable<String>) large.get("runs")::fieldNames) {
      if (!one.get("runs").has(name)) {
        continue;
      }
      double seconds = further(one, large, name);
      boolean isPeer = !name.equals(US);
      rows.append(
          format(
              "| %s | %s | %s | %.2f | %s |%n",
              large.get("case").textValue(),
              conditions(large).toLowerCase(Locale.ROOT),
              isPeer ? name : "domo-s3-writeback",
              seconds,
              isPeer ? format("%.2f", ours / seconds) : ""));
    }
    return rows.toString();
  }

  private static double further(JsonNode one, JsonNode large, String name) {
    double gigabytes = (large.get("bytes").doubleValue() - one.get("bytes").doubleValue()) / 1e9;
    return (median(large.get("runs").get(name), "cpu") - median(one.get("runs").get(name), "cpu"))
        / gigabytes;
  }
}
