package dev.writeback.docs;

import static dev.writeback.docs.PerformancePage.format;
import static dev.writeback.docs.PerformancePage.median;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What the project wants to reach, and what has been recorded of it. */
final class PerformanceGoals {

  private record Goal(String size, String compression, String peer, double cpu, double wall) {}

  private static final List<Goal> GOALS =
      List.of(
          new Goal("1GB", "none", "rclone", 1.0, 1.2),
          new Goal("1GB", "zstd", "curl+zstd+rclone", 1.0, 1.0),
          new Goal("1GB", "gzip fast", "curl+igzip+rclone", 1.0, 1.0),
          new Goal("1GB", "gzip fast", "curl+pigz-6+rclone", 0.20, 0.25),
          new Goal("1GB", "gzip balanced", "curl+pigz-6+rclone", 1.0, 1.1));
  private static final double TINY_SECONDS = 1.5;

  private PerformanceGoals() {}

  /**
   * @param groups the comparisons by their conditions, each with the runs of all its recordings
   */
  static void reached(Map<String, List<JsonNode>> groups, StringBuilder text) {
    text.append(
        """

        ## What is to be reached

        | goal | | wanted | recorded | |
        |---|---|---|---|---|
        """);
    groups.forEach(
        (conditions, compared) -> {
          for (Goal goal : GOALS) {
            compared.stream()
                .filter(result -> isOf(result, goal.size, goal.compression))
                .filter(result -> result.get("runs").has(goal.peer))
                .forEach(result -> ratios(goal, conditions, result, text));
          }
          compared.stream()
              .filter(result -> isOf(result, "1MB", "none"))
              .forEach(
                  result ->
                      row(
                          text,
                          "a tiny DataSet: CPU seconds",
                          conditions,
                          TINY_SECONDS,
                          ours(result, "cpu")));
        });
  }

  private static void ratios(Goal goal, String conditions, JsonNode result, StringBuilder text) {
    JsonNode peer = result.get("runs").get(goal.peer);
    String what = goal.size + ", " + goal.compression + ", to " + goal.peer + ": ";
    row(text, what + "CPU", conditions, goal.cpu, ours(result, "cpu") / median(peer, "cpu"));
    row(text, what + "wall", conditions, goal.wall, ours(result, "wall") / median(peer, "wall"));
  }

  private static boolean isOf(JsonNode result, String size, String compression) {
    return result.get("size").textValue().equals(size)
        && result.get("case").textValue().equals(compression);
  }

  private static double ours(JsonNode result, String figure) {
    return median(result.get("runs").get(PerformancePage.US), figure);
  }

  private static void row(
      StringBuilder text, String goal, String conditions, double most, double recorded) {
    text.append(
        format(
            "| %s | %s | %.2f | %.2f | %s |%n",
            goal,
            Character.toLowerCase(conditions.charAt(0)) + conditions.substring(1),
            most,
            recorded,
            recorded <= most ? "reached" : "not reached"));
  }
}
