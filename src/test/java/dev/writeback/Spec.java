package dev.writeback;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The cases of a behaviour table in {@code src/test/resources/spec/}: a YAML list of maps. A row's
 * {@code case} names it in the test's report; a row without one is shown whole.
 */
public final class Spec {

  private Spec() {}

  /** One row of a table. */
  public record Case(Map<String, Object> values) {

    public boolean has(String name) {
      return values.containsKey(name);
    }

    public String text(String name, String otherwise) {
      Object value = values.get(name);
      return value == null ? otherwise : value.toString();
    }

    public String text(String name) {
      return text(name, null);
    }

    public Integer number(String name) {
      return (Integer) values.get(name);
    }

    /** Whether it says true; a row that says nothing says false. */
    public boolean flag(String name) {
      return Boolean.TRUE.equals(values.get(name));
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map(String name) {
      return (Map<String, Object>) values.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    public <T> List<T> list(String name) {
      return (List<T>) values.getOrDefault(name, List.of());
    }

    @Override
    public String toString() {
      return text("case", values.toString());
    }
  }

  /** The rows of {@code spec/TABLE.yaml}; a table without rows is a mistake. */
  @SuppressWarnings("unchecked")
  public static Stream<Case> cases(String table) {
    String file = "/spec/" + table + ".yaml";
    try (InputStream in = Spec.class.getResourceAsStream(file)) {
      List<Map<String, Object>> rows =
          (List<Map<String, Object>>)
              new Load(LoadSettings.builder().setLabel(file).build()).loadFromInputStream(in);
      return rows.stream().map(Case::new);
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }
}
