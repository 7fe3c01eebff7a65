package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The uploads that stand open under the names of a job. */
class JobUploadsTest {

  private static final List<String> SALES = List.of("finance/sales_", ".csv");

  private Sandbox sandbox;
  private AssumedRole role;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    role = SandboxRole.of(sandbox);
  }

  @AfterEach
  void close() throws Exception {
    role.close();
    sandbox.close();
  }

  @Test
  void areThoseOfItsNamesAlone() {
    String first = open("finance/sales_2026-11-23.csv");
    String second = open("finance/sales_2026-11-24.csv");
    open("finance/sales_2026-11-24.csv.gz");
    open("finance/purchases_2026-11-24.csv");
    open("other/finance/sales_2026-11-24.csv");

    assertThat(of(SALES).list()).extracting(OpenUpload::id).containsExactly(first, second);
  }

  @Test
  void aNameWithoutMacrosIsOneKey() {
    String own = open("finance/sales.csv");
    open("finance/sales.csv.old");

    assertThat(of(List.of("finance/sales.csv")).list())
        .extracting(OpenUpload::id)
        .containsExactly(own);
  }

  @Test
  void oneThatIsAbortedIsNoMoreAndMayBeAbortedAgain() {
    open("finance/sales_1.csv");
    String stays = open("finance/sales_2.csv");
    JobUploads uploads = of(SALES);
    OpenUpload first = uploads.list().get(0);

    uploads.abort(first);
    uploads.abort(first);

    assertThat(sandbox.s3().openUploads()).containsExactly(stays);
  }

  /** The session for it may list and abort, and write nothing. */
  @Test
  void theSessionMayDoNothingElse() {
    PutObjectRequest any = PutObjectRequest.builder().bucket(Sandbox.BUCKET).key("").build();
    String policy = SessionPolicy.forUploads(any, SALES, role);
    RoleSession session = role.openSession(policy);

    assertThatThrownBy(
            () ->
                role.s3Client()
                    .putObject(
                        put ->
                            put.bucket(Sandbox.BUCKET)
                                .key("finance/sales_1.csv")
                                .overrideConfiguration(by -> by.credentialsProvider(session)),
                        RequestBody.fromString("x")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    session.close();
  }

  @Test
  void aRoleThatMayNotListThemIsToldWhatItNeeds() {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.LIST_MULTIPART_UPLOADS));

    assertThatThrownBy(() -> of(SALES).list())
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.CREDENTIALS))
        .hasMessageStartingWith(
            "Cannot list the open uploads of s3://landing/finance/sales_: denied to")
        .hasMessageContaining("s3:ListBucketMultipartUploads")
        .hasMessageContaining("policy JOB --uploads");
  }

  private JobUploads of(List<String> keys) {
    return new JobUploads(role, Sandbox.BUCKET, keys);
  }

  private String open(String key) {
    S3Client s3 = role.s3Client();
    return s3.createMultipartUpload(create -> create.bucket(Sandbox.BUCKET).key(key)).uploadId();
  }
}
