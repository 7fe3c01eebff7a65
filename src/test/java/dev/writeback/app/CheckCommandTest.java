package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command as it is typed, on the shipped job orders-by-hand or airports-nightly. */
class CheckCommandTest {

  private static final String[] STEPS = {
    "Domo account",
    "Domo token",
    "DataSet",
    "DataSet rows",
    "DataSet export",
    "AWS role",
    "AWS caller",
    "clock",
    "AssumeRole",
    "AssumeRole, wrong external id",
    "AssumeRole, no external id",
    "bucket",
    "upload",
    "encryption",
    "PutObject",
    "ledger"
  };

  private Sandbox sandbox;
  private CommandLineRun program;
  private int exitCode;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    program = new CommandLineRun(sandbox);
  }

  @AfterEach
  void close() throws Exception {
    program.close();
    sandbox.close();
  }

  private Map<String, JsonNode> check(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("check", "--json"));
    all.addAll(List.of(arguments));
    exitCode = program.execute(all.toArray(String[]::new));
    Map<String, JsonNode> steps = new LinkedHashMap<>();
    for (String line : program.out().lines().toList()) {
      JsonNode step = new ObjectMapper().readTree(line);
      steps.put(step.path("step").asText(), step);
    }
    return steps;
  }

  private static String state(JsonNode step) {
    return step.path("state").asText();
  }

  @Test
  void allIsWellAndNothingIsLeft() throws Exception {
    Map<String, JsonNode> steps = check("orders-by-hand");

    assertThat(exitCode).as(program.out()).isZero();
    assertThat(steps.keySet()).containsExactly(STEPS);
    assertThat(steps.values()).allSatisfy(step -> assertThat(state(step)).isEqualTo("ok"));
    assertThat(steps.get("Domo token").path("found").asText())
        .isEqualTo("Domo user 27, scopes data, user");
    assertThat(steps.get("DataSet").path("found").asText())
        .startsWith("'Orders with everything' (" + SandboxDomo.ORDERS + "), owner Sandbox Owner");
    assertThat(steps.get("AWS caller").path("found").asText()).endsWith(":user/writeback");
    assertThat(steps.get("ledger").path("found").asText()).startsWith("not there yet");
    assertThat(sandbox.s3().objects()).isEmpty();
    assertThat(sandbox.s3().openUploads()).isEmpty();
    assertThat(sandbox.domo().exportsUnderWay()).isZero();
  }

  @Test
  void aPersonReadsLines() {
    assertThat(program.execute("check", "airports-nightly")).isZero();

    assertThat(program.out().lines().findFirst().orElseThrow())
        .isEqualTo("airports-nightly: account acme, role landing, DataSet " + SandboxDomo.AIRPORTS);
    assertThat(program.out())
        .containsPattern("ok {7}Domo token {20}Domo user 27, scopes data, user\\R")
        .containsPattern("may be put as s3://landing/reference/airports/airports_check-\\w{8}.csv");
  }

  /** The probe of a job whose objects have one name is put beside it. */
  @Test
  void theOneNameOfAJobIsNotTaken() throws Exception {
    check("orders-by-hand");

    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT))
        .singleElement()
        .satisfies(
            put -> {
              assertThat(put.key()).matches("sales/orders/orders_check-\\w{8}\\.csv");
              assertThat(put.headers()).containsEntry("if-none-match", "*");
            });
  }

  @Test
  void withoutAJobAllAreLookedAt() {
    assertThat(program.execute("check", "--no-put")).as(program.err()).isZero();

    assertThat(program.out()).contains("airports-nightly: ", "orders-by-hand: ");
    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT)).isEmpty();
  }

  @Test
  void anAccountAlone() throws Exception {
    assertThat(check("--account", "acme").keySet()).containsExactly("Domo account", "Domo token");

    program.with("acme.domo-client-secret", "wrong");
    Map<String, JsonNode> steps = check("--account", "acme");
    assertThat(state(steps.get("Domo token"))).isEqualTo("failed");
    assertThat(exitCode).isEqualTo(3);
  }

  @Test
  void whatDomoRefusesDoesNotKeepAwsFromBeingLookedAt() throws Exception {
    program.with("acme.domo-client-id", "");

    Map<String, JsonNode> steps = check("orders-by-hand");

    assertThat(exitCode).as(program.out() + program.err()).isEqualTo(2);
    assertThat(program.err()).isEmpty();
    assertThat(state(steps.get("Domo account"))).isEqualTo("failed");
    assertThat(steps.get("Domo account").path("found").asText())
        .startsWith("domoClientId - missing");
    assertThat(state(steps.get("DataSet"))).isEqualTo("skipped");
    assertThat(state(steps.get("PutObject"))).isEqualTo("ok");
  }

  @Test
  void aRoleThatAsksForNoExternalIdIsAWarning() throws Exception {
    sandbox.sts().setAskingForExternalId(false);

    Map<String, JsonNode> steps = check("orders-by-hand");

    assertThat(exitCode).isZero();
    assertThat(state(steps.get("AssumeRole"))).isEqualTo("ok");
    for (String step : List.of("AssumeRole, wrong external id", "AssumeRole, no external id")) {
      assertThat(state(steps.get(step))).isEqualTo("warn");
      assertThat(steps.get(step).path("advice").asText()).contains("sts:ExternalId");
    }
  }

  /** No session that a stranger would get may do anything. */
  @Test
  void sessionsThatAreOpenedToSeeMayDoNothing() throws Exception {
    sandbox.sts().setAskingForExternalId(false);
    check("orders-by-hand");

    assertThat(sandbox.sts().calls())
        .filteredOn(call -> !Sandbox.EXTERNAL_ID.equals(call.externalId()))
        .filteredOn(call -> call.action().equals("AssumeRole"))
        .hasSize(2)
        .allSatisfy(call -> assertThat(call.policy()).contains("Deny").doesNotContain("Allow"));
  }

  @Test
  void aWrongExternalIdIsTheRolesFailureAndTheOthersAreSkipped() throws Exception {
    program.with("landing.external-id", "not-the-right-one");

    Map<String, JsonNode> steps = check("orders-by-hand");

    assertThat(exitCode).isEqualTo(3);
    assertThat(state(steps.get("AssumeRole"))).isEqualTo("failed");
    assertThat(steps.get("AssumeRole").path("found").asText())
        .contains("sts:ExternalId")
        .doesNotContain("not-the-right-one");
    assertThat(state(steps.get("AssumeRole, no external id"))).isEqualTo("skipped");
    assertThat(state(steps.get("bucket"))).isEqualTo("skipped");
    assertThat(state(steps.get("DataSet export"))).isEqualTo("ok");
  }

  @Test
  void aProbeThatMayNotBeDeletedIsToldOf() throws Exception {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.DELETE_OBJECT));

    Map<String, JsonNode> steps = check("airports-nightly");

    assertThat(exitCode).isZero();
    String left = sandbox.s3().objects().get(0).key();
    assertThat(state(steps.get("PutObject"))).isEqualTo("warn");
    assertThat(steps.get("PutObject").path("found").asText())
        .startsWith("may be put as s3://landing/" + left + ", and STAYS THERE");
    assertThat(steps.get("PutObject").path("advice").asText())
        .contains("aws s3 rm s3://landing/" + left);
  }

  @Test
  void aBucketThatIsNotThereFailsEachStepThatNeedsIt() throws Exception {
    program.with("landing.bucket", "elsewhere");

    Map<String, JsonNode> steps = check("orders-by-hand");

    assertThat(exitCode).isEqualTo(2);
    assertThat(steps.get("bucket").path("found").asText()).contains("there is no bucket elsewhere");
    assertThat(state(steps.get("upload"))).isEqualTo("failed");
    assertThat(state(steps.get("encryption"))).isEqualTo("skipped");
  }

  @Test
  void aRefusedUploadNamesWhatTheRoleNeeds() throws Exception {
    sandbox
        .s3()
        .inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.CREATE_MULTIPART_UPLOAD));

    Map<String, JsonNode> steps = check("orders-by-hand");

    assertThat(exitCode).isEqualTo(3);
    assertThat(steps.get("upload").path("found").asText())
        .contains("domo-s3-writeback policy orders-by-hand prints");
    assertThat(state(steps.get("PutObject"))).isEqualTo("ok");
  }

  @Test
  void rowsThatThePolicyHidesAreAWarning() throws Exception {
    sandbox.domo().protectRows(SandboxDomo.ORDERS, 1);

    Map<String, JsonNode> steps = check("orders-by-hand");

    assertThat(exitCode).isZero();
    assertThat(state(steps.get("DataSet"))).isEqualTo("warn");
    assertThat(steps.get("DataSet").path("advice").asText()).contains("ends at the bucket");
    assertThat(state(steps.get("DataSet rows"))).isEqualTo("warn");
  }

  @Test
  void anExportThatDomoRefusesEndsWith4() throws Exception {
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500));

    Map<String, JsonNode> steps = check("orders-by-hand");

    assertThat(exitCode).isEqualTo(4);
    assertThat(state(steps.get("DataSet rows"))).isEqualTo("ok");
    assertThat(state(steps.get("DataSet export"))).isEqualTo("failed");
  }
}
