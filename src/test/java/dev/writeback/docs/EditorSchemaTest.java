package dev.writeback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code routes/editor.schema.json} completes and marks route files in an editor. A change is
 * accepted by {@code -Dreadme.write}, as in {@link ReadmeTest}.
 */
class EditorSchemaTest {

  private static final Path FILE = Path.of("routes/editor.schema.json");
  private static final String MARK = "# yaml-language-server: $schema=editor.schema.json";
  private static final Path JOB = Path.of("routes/airports-nightly.camel.yaml");

  static Stream<Path> files() throws IOException {
    return Stream.concat(
        ShippedRoutesTest.files(),
        Files.list(Path.of("src/test/resources/spec/bad-edits/good")).sorted())
        .toList()
        .stream();
  }

  @Test
  void isWhatTheKameletAndTheBeansSay() throws IOException {
    String text = EditorSchema.text();
    if (System.getProperty("readme.write") != null) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text);
  }

  @Test
  void everyShippedFileNamesIt() throws IOException {
    for (Path file : ShippedRoutesTest.files().toList()) {
      assertThat(Files.readAllLines(file)).as("%s", file).first().isEqualTo(MARK);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void marksNothingThatIsRight(Path file) throws IOException {
    assertThat(marked(Files.readString(file))).isEmpty();
  }

  @Test
  void marksNothingThatNewJobWrites() throws IOException {
    String job =
        Files.readString(Path.of("docs/first-job.md"))
            .replaceFirst("(?s).*\\$ cat routes/orders.camel.yaml\n(.*?)```.*", "$1");

    assertThat(job).startsWith(MARK);
    assertThat(marked(job)).isEmpty();
    assertThat(marked(job.replace("delimiter: pipe", "delimter: pipe"))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "compression: gzip, delimter: pipe, parameters",
    "compression: gzip, compression: gzp, compression",
    "compression: gzip, delimiter: '||', delimiter",
    "overwrite: true, overwrite: perhaps, overwrite",
    "account: acme, bucket: acme, account",
    "stateful: true, 'durableJob: true', stateful",
    "trigger.timeZone: America/Denver, 'durableJob: true', trigger.timeZone",
    "description:, descripton:, descripton",
    "- to:, - too:, too",
    "- route:, - rout:, rout"
  })
  void marksWhatIsWrong(String right, String wrong, String marked) throws IOException {
    String job = Files.readString(JOB);
    assertThat(job).contains(right);
    assertThat(marked(job.replace(right, wrong))).anyMatch(line -> line.contains(marked));
  }

  @Test
  void marksABeansOptionWithASlip() throws IOException {
    String accounts = Files.readString(Path.of("routes/accounts.camel.yaml"));
    assertThat(marked(accounts.replace("roleArn:", "roleAm:")))
        .anyMatch(line -> line.contains("roleAm"))
        .anyMatch(line -> line.contains("roleArn"));
  }

  private static List<String> marked(String yaml) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode file = json.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(Files.readString(FILE));
    return schema.validate(file).stream().map(Object::toString).toList();
  }
}
