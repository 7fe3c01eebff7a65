package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the README shows is what the files say. A change is accepted by {@code mvn test
 * -Dtest=ReadmeTest -Dreadme.write}, which writes the README anew.
 */
class ReadmeTest {

  private static final String JOB = "routes/airports-nightly.camel.yaml";
  private static final Path KAMELET = Path.of("routes/kamelets/domo-s3-writeback.kamelet.yaml");

  @Test
  void showsTheExampleJobAsItIs() throws IOException {
    String job = Files.readString(Path.of(JOB));
    if (System.getProperty("readme.write") != null) {
      Readme.read().writeBlock("file " + JOB, job);
    }
    assertThat(Readme.read().block("file " + JOB)).isEqualTo(job);
  }

  @Test
  void listsTheParametersOfTheKamelet() throws IOException {
    String table = table();
    if (System.getProperty("readme.write") != null) {
      Readme.read().writeTable("options", table);
    }
    assertThat(Readme.read().table("options")).isEqualTo(table);
  }

  @Test
  void namesTheCommandThatTheGateRuns() throws IOException {
    assertThat(Readme.read().block("test command")).isEqualTo("mvn -B verify\n");
  }

  @SuppressWarnings("unchecked")
  private static String table() throws IOException {
    Map<String, Object> kamelet;
    try (InputStream in = Files.newInputStream(KAMELET)) {
      kamelet =
          (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    }
    Map<String, Object> spec = (Map<String, Object>) kamelet.get("spec");
    Map<String, Object> definition = (Map<String, Object>) spec.get("definition");
    List<Object> required = (List<Object>) definition.get("required");
    StringBuilder table =
        new StringBuilder("| parameter | label | default | meaning |\n|---|---|---|---|\n");
    ((Map<String, Map<String, Object>>) definition.get("properties"))
        .forEach((name, option) -> table.append(row(name, option, required.contains(name))));
    return table.toString();
  }

  private static String row(String name, Map<String, Object> option, boolean required) {
    Object standard = option.get("default");
    String shown =
        required ? "required" : standard == null || "".equals(standard) ? "" : "`" + standard + "`";
    String choices =
        option.get("enum") instanceof List<?> values
            ? " One of "
                + String.join(", ", values.stream().map(value -> "`" + value + "`").toList())
                + "."
            : "";
    return "| `%s` | %s | %s | %s%s |%n"
        .formatted(name, option.get("title"), shown, escaped(option.get("description")), choices);
  }

  private static String escaped(Object description) {
    return description.toString().replace("<", "&lt;").replace("|", "\\|");
  }
}
