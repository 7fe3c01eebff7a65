package dev.writeback.app;

import dev.writeback.run.CheckResult;
import dev.writeback.run.OneLine;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Shows the steps of a check as they are done: lines for a person, or a JSON object each. */
final class CheckPrinter {

  private static final String LINE = "%-7s  %-28s  %s%n";

  private final boolean json;
  private final PrintWriter out;

  CheckPrinter(boolean json, PrintWriter out) {
    this.json = json;
    this.out = out;
  }

  /** What the next steps are about. */
  void title(String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }

  void print(String step, CheckResult result) {
    String state = result.state().name().toLowerCase(Locale.ROOT);
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("step", step);
      values.put("state", state);
      values.put("found", result.found());
      values.put("advice", result.advice());
      values.put("exitCode", result.outcome().exitCode());
      out.println(JsonLine.of(values));
    } else {
      out.printf(LINE, state, step, OneLine.of(result.found()));
      if (!result.advice().isEmpty()) {
        out.printf(LINE, "", "", "-> " + OneLine.of(result.advice()));
      }
    }
    out.flush();
  }
}
