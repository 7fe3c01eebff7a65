package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command as it is typed, in the folder of the shipped jobs. */
class PolicyCommandTest {

  private static final String PRINCIPAL = "arn:aws:iam::444455556666:role/writeback";

  /** What the shipped settings leave to the operator. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "acme.domo-client-id", "id",
          "acme.domo-client-secret", "secret",
          "landing.external-id", "acme-1");

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
  void bothDocumentsAreOneJson() throws Exception {
    assertThat(execute("airports-nightly", "--principal", PRINCIPAL, "--domo", "emea")).isZero();

    JsonNode documents = new ObjectMapper().readTree(out.toString());
    JsonNode trust = documents.at("/trust/Statement");
    assertThat(trust.at("/0/Principal/AWS").asText()).isEqualTo(PRINCIPAL);
    assertThat(trust.at("/0/Action").asText()).isEqualTo("sts:AssumeRole");
    assertThat(trust.at("/0/Condition/StringEquals/sts:ExternalId").asText()).isEqualTo("acme-1");
    assertThat(trust.at("/1/Principal/AWS").asText()).isEqualTo("arn:aws:iam::687132894031:root");
    assertThat(documents.at("/permissions/Statement/Resource").asText())
        .endsWith("/reference/airports/airports_*.csv.gz");
    assertThat(err.toString()).contains("Take Domo's statement away");
  }

  @Test
  void oneDocumentAlone() throws Exception {
    assertThat(execute("orders-by-hand", "--only", "permissions", "--browse")).isZero();

    JsonNode policy = new ObjectMapper().readTree(out.toString());
    assertThat(policy.at("/Version").asText()).isEqualTo("2012-10-17");
    assertThat(policy.at("/Statement/0/Action"))
        .extracting(JsonNode::asText)
        .containsExactly("s3:PutObject", "s3:AbortMultipartUpload");
    assertThat(policy.at("/Statement/1/Action").asText()).isEqualTo("s3:ListBucket");
    assertThat(policy.at("/Statement")).hasSize(2);
  }

  @Test
  void nobodyIsAskedForDomosCredentials() {
    System.setProperty("acme.domo-client-id", "");
    System.setProperty("acme.domo-client-secret", "");

    assertThat(execute("orders-by-hand", "--only", "permissions")).as(err.toString()).isZero();
  }

  @Test
  void noSuchJob() {
    assertThat(execute("airports", "--principal", PRINCIPAL)).isEqualTo(2);
    assertThat(err.toString()).contains("no job is called 'airports'");
    assertThat(out.toString()).isEmpty();
  }

  private int execute(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "policy";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine program = Program.commandLine();
    program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return program.execute(all);
  }
}
