package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is typed; nobody is there whom it could ask. */
class AccountsCommandTest {

  private static final String SECRET = "not-to-be-shown-to-anybody";

  @TempDir Path directory;
  private final CommandLineRun program = new CommandLineRun();
  private JobFolder folder;

  @BeforeEach
  void make() throws IOException {
    program
        .with("acme.domo-client-id", "0123456789abcdef")
        .with("acme.domo-client-secret", SECRET)
        .with("landing.external-id", SECRET);
    folder =
        JobFolder.in(directory)
            .job(
                "sales",
                Map.of(
                    "inputDataset", "Sales",
                    "fileName", "sales",
                    "encryptionMethod", "sse-c",
                    "encryptionKey", "auditors"))
            .job("costs", Map.of("inputDataset", "Costs", "fileName", "costs"))
            .write(
                "keys.camel.yaml",
                """
                - beans:
                    - name: auditors
                      type: "#class:dev.writeback.run.EncryptionKey"
                      properties:
                        value: "%s"
                    - name: nobodys
                      type: "#class:dev.writeback.run.EncryptionKey"
                      properties:
                        file: nowhere.asc
                """
                    .formatted("0123456789abcdef0123456789abcdef"));
  }

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void eachBeanWithItsUsers() {
    assertThat(program.execute(new AccountsCommand(folder.path()))).isZero();

    assertThat(program.out().lines())
        .anyMatch(
            line ->
                line.matches(
                    "acme +Domo account +Domo client 01234567\\.\\.\\. at api\\.domo\\.com +costs, sales"))
        .anyMatch(
            line ->
                line.matches(
                    "landing +AWS role +arn:aws:iam::111122223333:role/domo-landing, bucket"
                        + " acme-landing in us-east-1, external id \\*\\*\\* +costs, sales"))
        .anyMatch(line -> line.matches("auditors +key +key \\*\\*\\* +sales"))
        .anyMatch(
            line ->
                line.matches(
                    "nobodys +key +key in the file nowhere.asc +nobody +file - cannot be read.*"));
    assertThat(program.out()).doesNotContain(SECRET, "0123456789abcdef");
  }

  @Test
  void asJson() throws IOException {
    assertThat(program.execute(new AccountsCommand(folder.path()), "--json")).isZero();

    Map<String, JsonNode> beans = new HashMap<>();
    for (String line : program.out().lines().toList()) {
      JsonNode bean = new ObjectMapper().readTree(line);
      beans.put(bean.path("name").asText(), bean);
    }
    assertThat(beans).containsOnlyKeys("acme", "landing", "auditors", "nobodys");
    assertThat(beans.get("acme").path("usedBy").toString()).isEqualTo("[\"costs\",\"sales\"]");
    assertThat(beans.get("acme").path("wrong")).isEmpty();
    assertThat(beans.get("nobodys").path("wrong")).hasSize(1);
    assertThat(program.out()).doesNotContain(SECRET, "0123456789abcdef");
  }

  @Test
  void mistakesInTheFilesAreSaid() {
    folder.write("accounts.camel.yaml", "- beans: [");

    assertThat(program.execute(new AccountsCommand(folder.path()))).isZero();

    assertThat(program.err()).startsWith("There are mistakes in the files");
    assertThat(program.out()).contains("auditors");
  }
}
