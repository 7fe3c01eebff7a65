package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as it is typed, in the folder of the shipped jobs. */
class ValidateCommandTest {

  /** What the shipped settings leave to the operator. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "acme.domo-client-id", "id",
          "acme.domo-client-secret", "secret",
          "landing.external-id", "acme-1");

  private static final String DRAFT =
      """
      - route:
          id: draft
          description: A job that is being written
          routeConfigurationId: writeback
          from:
            uri: direct:draft
            steps:
              - to:
                  uri: kamelet:domo-s3-writeback
                  parameters:
                    account: acme
                    role: landing
                    inputDataset: 845305d8-da3d-4107-a9d6-13ef3f86d4a4
                    fileName: draft
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void settings() {
    SETTINGS.forEach(System::setProperty);
  }

  @AfterEach
  void noSettings() {
    SETTINGS.keySet().forEach(System::clearProperty);
  }

  @Test
  void theShippedFilesAreRightAndTellTheirNextTimes() {
    assertThat(execute()).as(out.toString()).isZero();

    String time = "\\d{4}-\\d\\d-\\d\\dT06:00:00-0[67]:00";
    assertThat(out.toString().lines())
        .hasSize(2)
        .anyMatch(
            line -> line.matches("airports-nightly is right, next (" + time + ", ){4}" + time))
        .contains("orders-by-hand is right, no cron fires it");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aDraftElsewhereIsCheckedAgainstTheFolder() throws IOException {
    Path draft = Files.writeString(folder.resolve("draft.yaml"), DRAFT);
    assertThat(execute(draft.toString())).as(out.toString()).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("draft is right, no cron fires it\n");
  }

  @Test
  void onlyTheFilesThatAreNamedAreTold() throws IOException {
    System.setProperty("landing.region", "us-wst-2");
    try {
      Path draft =
          Files.writeString(folder.resolve("draft.yaml"), DRAFT.replace("role: l", "role: L"));
      assertThat(execute(draft.toString())).isEqualTo(2);
      assertThat(out.toString())
          .isEqualToNormalizingNewlines(
              draft
                  + ":12:15: role - no AssumedRole has this name - 'Landing' - did you mean"
                  + " 'landing'?\n");
    } finally {
      System.clearProperty("landing.region");
    }
  }

  @Test
  void aFileThatIsNotThere() {
    assertThat(execute("routes/nowhere.camel.yaml")).isEqualTo(2);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "routes/nowhere.camel.yaml: no such file - the path of a route file\n");
  }

  @Test
  void asJson() throws IOException {
    Path draft =
        Files.writeString(folder.resolve("draft.yaml"), DRAFT + "              delimter: pipe\n");
    assertThat(execute("--json", draft.toString())).isEqualTo(2);

    JsonNode told = new ObjectMapper().readTree(out.toString());
    JsonNode mistake = told.at("/mistakes/0");
    assertThat(mistake.at("/file").asText()).isEqualTo(draft.toString());
    assertThat(mistake.at("/line").asInt()).isEqualTo(15);
    assertThat(mistake.at("/column").asInt()).isEqualTo(15);
    assertThat(mistake.at("/option").asText()).isEqualTo("delimter");
    assertThat(mistake.at("/text").asText()).contains("did you mean 'delimiter'?");
    assertThat(told.at("/jobs/0/job").asText()).isEqualTo("draft");
    assertThat(told.at("/jobs/0/right").asBoolean()).isFalse();
  }

  private int execute(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "validate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine program = Program.commandLine();
    program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return program.execute(all);
  }
}
