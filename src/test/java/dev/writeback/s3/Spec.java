package dev.writeback.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads a table of cases under {@code spec/}. */
final class Spec {

  private Spec() {}

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> cases(String name) throws IOException {
    try (InputStream yaml = Spec.class.getResourceAsStream("/spec/" + name)) {
      return (List<Map<String, Object>>)
          new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
    }
  }
}
