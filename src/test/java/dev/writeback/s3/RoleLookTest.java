package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.run.CheckResult;
import dev.writeback.run.CheckResult.State;
import dev.writeback.run.Checklist;
import dev.writeback.run.Outcome;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found of a role and of its bucket before anything runs. */
class RoleLookTest {

  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

  private final Map<String, CheckResult> told = new LinkedHashMap<>();
  private final Checklist steps = new Checklist(told::put);
  private Sandbox sandbox;
  private AssumedRole role;
  private DefaultCamelContext camel;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    role = SandboxRole.of(sandbox);
    camel = new DefaultCamelContext();
  }

  @AfterEach
  void close() throws Exception {
    camel.close();
    role.close();
    sandbox.close();
  }

  private void bucket(Map<String, String> parameters, String... pieces) {
    new BucketCheck(camel, role, "sales", parameters, List.of(pieces), true, steps).tell(true);
  }

  @Test
  void aNameThatAllRunsHaveIsNotTaken() {
    bucket(Map.of(), "finance/sales.csv");

    assertThat(sandbox.s3().calls(S3Operation.CREATE_MULTIPART_UPLOAD))
        .singleElement()
        .satisfies(call -> assertThat(call.key()).isEqualTo("finance/sales.csv"));
    assertThat(sandbox.s3().calls(S3Operation.PUT_OBJECT))
        .singleElement()
        .satisfies(call -> assertThat(call.key()).matches("finance/check-[0-9a-f]{8}-sales\\.csv"));
    assertThat(sandbox.s3().objects()).isEmpty();
  }

  /** As with the permission policy that policy JOB prints for such a job. */
  @Test
  void aRoleForThatNameAloneNeedNotWriteBesideIt() {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.PUT_OBJECT));

    bucket(Map.of(), "finance/sales.csv");

    assertThat(told.get("upload").state()).isEqualTo(State.OK);
    assertThat(told.get("PutObject").state()).isEqualTo(State.SKIPPED);
    assertThat(steps.worst()).isEqualTo(Outcome.DONE);
  }

  @Test
  void anUploadThatMayNotBeAbortedIsTold() {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.ABORT_MULTIPART_UPLOAD));

    bucket(Map.of(), "sales_", ".csv");

    assertThat(told.get("upload").state()).isEqualTo(State.WARN);
    assertThat(told.get("upload").found()).contains(sandbox.s3().openUploads().get(0));
    assertThat(told.get("upload").advice()).contains("s3:AbortMultipartUpload");
  }

  @Test
  void encryptionIsAskedForAsTheJobDoes() {
    bucket(Map.of("encryptionMethod", "sse-kms", "encryptionKey", "alias/landing"), "a_", ".csv");

    assertThat(told.get("encryption").found()).startsWith("aws:kms by ").endsWith(", as asked");
  }

  @Test
  void encryptionThatTheServerLeavesOutFails() {
    sandbox.s3().inject(S3Fault.ignoreEncryption());

    bucket(Map.of("encryptionMethod", "sse-s3"), "a_", ".csv");

    assertThat(told.get("encryption").state()).isEqualTo(State.FAILED);
    assertThat(steps.worst()).isEqualTo(Outcome.S3);
  }

  @Test
  void anAclIsAskedForAsTheJobDoes() {
    bucket(Map.of("cannedAcl", "bucket-owner-full-control"), "a_", ".csv");

    assertThat(sandbox.s3().calls(S3Operation.CREATE_MULTIPART_UPLOAD).get(0).headers())
        .containsEntry("x-amz-acl", "bucket-owner-full-control");
  }

  @Test
  void aServerThatIsNotThereIsTheStepsFailure() {
    role.setS3Endpoint("http://127.0.0.1:1");

    bucket(Map.of(), "a_", ".csv");

    assertThat(told.get("bucket").found()).contains("S3 at http://127.0.0.1:1 does not answer");
    assertThat(steps.worst()).isEqualTo(Outcome.S3);
  }

  @Test
  void anStsThatIsNotThereLeavesTheClockOpen() {
    role.setStsEndpoint("http://127.0.0.1:1");

    assertThat(new TrustCheck(role, steps).tell()).isFalse();

    assertThat(told.get("AWS caller").found()).contains("does not answer");
    assertThat(told.get("clock").state()).isEqualTo(State.SKIPPED);
  }

  @Test
  void optionsThatAreWrongAreToldWithoutACall() {
    role.setRegion("us east");

    assertThat(new TrustCheck(role, steps).tell()).isFalse();

    assertThat(told.get("AWS role").found()).startsWith("region - wrong shape - 'us east'");
    assertThat(sandbox.sts().calls()).isEmpty();
    assertThat(steps.worst()).isEqualTo(Outcome.CONFIGURATION);
  }

  @Test
  void aRoleWithoutAnExternalIdIsAWarning() {
    sandbox.sts().setAskingForExternalId(false);
    role.setExternalId(null);

    assertThat(new TrustCheck(role, steps).tell()).isTrue();

    assertThat(told.get("AssumeRole").state()).isEqualTo(State.WARN);
    assertThat(told.get("AssumeRole").advice()).contains("set externalId");
    assertThat(told.get("AssumeRole, no external id").state()).isEqualTo(State.SKIPPED);
  }

  @Test
  void aClockThatIsOffIsToldBeforeAwsRefusesIt() {
    assertThat(skew(Duration.ofSeconds(20))).isEqualTo(State.OK);
    assertThat(skew(Duration.ofMinutes(-2))).isEqualTo(State.WARN);
    assertThat(skew(Duration.ofMinutes(20))).isEqualTo(State.FAILED);
    assertThat(ClockSkew.judge(NOW.plusSeconds(90), NOW).found())
        .startsWith("1 min 30 s ahead of the STS's");
    assertThat(ClockSkew.judge(NOW.minusSeconds(600), NOW).found())
        .startsWith("10 min behind the STS's");
  }

  private static State skew(Duration ahead) {
    return ClockSkew.judge(NOW.plus(ahead), NOW).state();
  }
}
