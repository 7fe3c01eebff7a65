package dev.writeback.app;

import dev.writeback.run.OneLine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rows of named columns: a table for a person, or a JSON object a line. Null is what is not known:
 * nothing in the table, left out of the JSON.
 */
final class Listing {

  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  /**
   * @param columns their titles, which are the names in the JSON, too
   */
  Listing(String... columns) {
    this.columns = List.of(columns);
  }

  /**
   * @param values numbers and booleans stay such in the JSON; all else is told as text
   */
  void add(Object... values) {
    rows.add(Collections.unmodifiableList(Arrays.asList(values)));
  }

  void print(boolean json, PrintWriter out) {
    if (json) {
      rows.forEach(row -> out.println(json(row)));
    } else {
      table(out);
    }
    out.flush();
  }

  private String json(List<Object> row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.get(i);
      if (value != null) {
        boolean plain = value instanceof Number || value instanceof Boolean;
        values.put(columns.get(i), plain ? value : value.toString());
      }
    }
    return JsonLine.of(values);
  }

  private void table(PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    rows.forEach(
        row ->
            lines.add(row.stream().map(value -> OneLine.of(Objects.toString(value, ""))).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
