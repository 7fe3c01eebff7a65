package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the README shows is what the files say. A change is accepted by {@code mvn test
 * -Dtest=ReadmeTest -Dreadme.write}, which writes the README anew.
 */
class ReadmeTest {

  /** What most jobs state. All parameters stand in docs/options.md. */
  private static final List<String> EVERYDAY =
      List.of(
          "account",
          "role",
          "path",
          "overwrite",
          "inputDataset",
          "selectFilename",
          "fileName",
          "onlyNewData",
          "format",
          "delimiter",
          "compression",
          "encryptionMethod");

  private static final String JOB = "routes/airports-nightly.camel.yaml";

  @Test
  void showsTheExampleJobAsItIs() throws IOException {
    String job = Files.readString(Path.of(JOB));
    if (System.getProperty("readme.write") != null) {
      Readme.read().writeBlock("file " + JOB, job);
    }
    assertThat(Readme.read().block("file " + JOB)).isEqualTo(job);
  }

  @Test
  void listsTheParametersOfEveryday() throws IOException {
    String table = table();
    if (System.getProperty("readme.write") != null) {
      Readme.read().writeTable("options", table);
    }
    assertThat(Readme.read().table("options")).isEqualTo(table);
  }

  @Test
  void showsWhatDomosSettingsBecome() throws IOException {
    StringBuilder table =
        new StringBuilder("| in Domo | here | object | begins |\n|---|---|---|---|\n");
    Spec.cases("migration")
        .forEach(
            row ->
                table.append(
                    "| %s | `%s` | `%s` | `%s` |%n"
                        .formatted(
                            lines(row.map("domo"), "; ").replace("<", "&lt;"),
                            lines(row.map("here"), "`<br>`"),
                            row.text("key"),
                            firstLine(row.text("begins")))));
    if (System.getProperty("readme.write") != null) {
      Readme.read().writeTable("moving", table.toString());
    }
    assertThat(Readme.read().table("moving")).isEqualTo(table.toString());
  }

  private static String firstLine(String text) {
    return text.split("\n")[0].replace("\t", "\\t").replace("|", "\\|");
  }

  private static String lines(Map<String, Object> settings, String between) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + ": " + setting.getValue())
        .collect(Collectors.joining(between));
  }

  @Test
  void namesTheCommandThatTheGateRuns() throws IOException {
    assertThat(Readme.read().block("test command")).isEqualTo("mvn -B verify\n");
  }

  private static String table() throws IOException {
    Kamelet kamelet = Kamelet.read();
    StringBuilder table =
        new StringBuilder("| parameter | label | default | meaning |\n|---|---|---|---|\n");
    for (String name : EVERYDAY) {
      table.append(row(name, kamelet.properties().get(name), kamelet.required().contains(name)));
    }
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
