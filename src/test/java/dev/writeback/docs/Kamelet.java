package dev.writeback.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The shipped Kamelet as its file has it. */
record Kamelet(Map<String, Object> file) {

  private static final Path FILE = Path.of("routes/kamelets/domo-s3-writeback.kamelet.yaml");

  @SuppressWarnings("unchecked")
  static Kamelet read() throws IOException {
    try (InputStream in = Files.newInputStream(FILE)) {
      return new Kamelet(
          (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(in));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  Map<String, Object> metadata() {
    return map(file.get("metadata"));
  }

  /** What the template needs on the class path. */
  List<?> dependencies() {
    return (List<?>) map(file.get("spec")).get("dependencies");
  }

  Map<String, Object> definition() {
    return map(map(file.get("spec")).get("definition"));
  }

  Map<String, Object> template() {
    return map(map(file.get("spec")).get("template"));
  }

  /** The schema of each parameter, in the order of the file. */
  @SuppressWarnings("unchecked")
  Map<String, Map<String, Object>> properties() {
    return (Map<String, Map<String, Object>>) definition().get("properties");
  }

  List<?> required() {
    return (List<?>) definition().get("required");
  }
}
