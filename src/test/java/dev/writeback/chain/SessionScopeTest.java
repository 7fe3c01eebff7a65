package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.S3Call;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import dev.writeback.sandbox.StsCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The keys of a run's session are good for the run's own object and for nothing else, which is
 * tried with them at an S3 that goes by session policies: {@code spec/session-scopes.yaml}.
 */
class SessionScopeTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T03:00:00Z");
  private static final String UPLOAD = "bm8tc3VjaC11cGxvYWQ";
  private static final CompletedPart PART = CompletedPart.builder().partNumber(1).eTag("x").build();
  private static final String DENIED = "AccessDenied";

  /** Something that can be tried on a key. */
  private interface Trial {
    void on(S3Client s3, String bucket, String key);
  }

  private static final Map<String, Trial> WRITES =
      Map.of(
          "put", (s3, bucket, key) -> s3.putObject(b -> b.bucket(bucket).key(key), body()),
          "create", (s3, bucket, key) -> s3.createMultipartUpload(b -> b.bucket(bucket).key(key)),
          "part",
              (s3, bucket, key) ->
                  s3.uploadPart(
                      b -> b.bucket(bucket).key(key).uploadId(UPLOAD).partNumber(1), body()),
          "complete",
              (s3, bucket, key) ->
                  s3.completeMultipartUpload(
                      b ->
                          b.bucket(bucket)
                              .key(key)
                              .uploadId(UPLOAD)
                              .multipartUpload(u -> u.parts(PART))),
          "abort",
              (s3, bucket, key) ->
                  s3.abortMultipartUpload(b -> b.bucket(bucket).key(key).uploadId(UPLOAD)));

  private static final Map<String, Trial> OTHERS =
      Map.of(
          "putTagged",
              (s3, bucket, key) ->
                  s3.putObject(b -> b.bucket(bucket).key(key).tagging("a=b"), body()),
          "putWithAcl",
              (s3, bucket, key) ->
                  s3.putObject(b -> b.bucket(bucket).key(key).acl("private"), body()),
          "get", (s3, bucket, key) -> s3.getObjectAsBytes(b -> b.bucket(bucket).key(key)),
          "head", (s3, bucket, key) -> s3.headObject(b -> b.bucket(bucket).key(key)),
          "delete", (s3, bucket, key) -> s3.deleteObject(b -> b.bucket(bucket).key(key)),
          "listParts",
              (s3, bucket, key) -> s3.listParts(b -> b.bucket(bucket).key(key).uploadId(UPLOAD)),
          "putAcl",
              (s3, bucket, key) ->
                  s3.putObjectAcl(b -> b.bucket(bucket).key(key).acl("public-read")),
          "list", (s3, bucket, key) -> s3.listObjectsV2(b -> b.bucket(bucket).prefix(key)),
          "listUploads",
              (s3, bucket, key) -> s3.listMultipartUploads(b -> b.bucket(bucket).prefix(key)),
          "headBucket", (s3, bucket, key) -> s3.headBucket(b -> b.bucket(bucket)));

  static Stream<Case> cases() {
    return Spec.cases("session-scopes");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keysAreForTheRunsOwnObjectAlone(Case row) throws Exception {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.putAll(row.map("parameters"));
    try (Sandbox sandbox = Sandbox.builder().hashingSink(row.flag("sink")).start();
        ChainContext context = new ChainContext(sandbox)) {
      if (row.has("dataSet")) {
        sandbox.domo().rename(SandboxDomo.ORDERS, row.text("dataSet"));
      }
      context.job("job", parameters).start();
      RunContext run = RunContext.of(context.run("job", SLOT));
      assertThat(run.getFailure()).isNull();
      assertThat(run.getKey()).isEqualTo(row.text("key"));

      try (S3Client s3 = client(sandbox, keys(sandbox).get(0))) {
        List<String> may = new ArrayList<>(row.<String>list("may"));
        may.addAll(WRITES.keySet());
        assertThat(allowed(sandbox, s3, Sandbox.BUCKET, run.getKey()))
            .containsExactlyInAnyOrderElementsOf(may);
        for (String other : row.<String>list("others")) {
          assertThat(allowed(sandbox, s3, Sandbox.BUCKET, other)).as(other).isEmpty();
        }
        assertThat(allowed(sandbox, s3, "landing-of-others", run.getKey())).isEmpty();
        assertThat(allowed(sandbox, s3, Sandbox.BUCKET + "2", run.getKey())).isEmpty();
      }
    }
  }

  /** A policy has room for so much; what is left of such a key still keeps it to its folder. */
  @Test
  void keysAreForTheBeginningOfAKeyThatIsTooLongForAPolicy() throws Exception {
    String name = "売".repeat(330);
    try (Sandbox sandbox = Sandbox.start();
        ChainContext context = new ChainContext(sandbox)) {
      context
          .job(
              "job",
              Map.of(
                  "inputDataset",
                  SandboxDomo.ORDERS,
                  "path",
                  "finance",
                  "fileName",
                  name,
                  "overwrite",
                  true))
          .start();
      RunContext run = RunContext.of(context.run("job", SLOT));
      assertThat(run.getFailure()).isNull();

      try (S3Client s3 = client(sandbox, keys(sandbox).get(0))) {
        assertThat(allowed(sandbox, s3, Sandbox.BUCKET, run.getKey()))
            .containsExactlyInAnyOrderElementsOf(WRITES.keySet());
        for (String other : List.of("finance/売.csv", "finance/x.csv", "x/" + name + ".csv")) {
          assertThat(allowed(sandbox, s3, Sandbox.BUCKET, other)).as(other).isEmpty();
        }
      }
    }
  }

  @Test
  void twoJobsOfOneRoleAtTheSameTimeHaveASessionEach() throws Exception {
    try (Sandbox sandbox = Sandbox.start();
        ChainContext context = new ChainContext(sandbox)) {
      List<String> jobs = List.of("first", "second");
      for (String job : jobs) {
        context.job(
            job, Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", job, "overwrite", true));
      }
      context.start();
      ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
      CountDownLatch together = new CountDownLatch(jobs.size());
      List<Future<RunContext>> runs = new ArrayList<>();
      for (String job : jobs) {
        runs.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return RunContext.of(context.run(job, SLOT));
                }));
      }
      for (Future<RunContext> run : runs) {
        assertThat(run.get().getFailure()).isNull();
      }
      threads.shutdown();

      assertThat(keys(sandbox)).hasSize(2).doesNotHaveDuplicates();
      assertThat(sandbox.sts().calls())
          .extracting(StsCall::roleSessionName)
          .doesNotHaveDuplicates();
      for (StsCall session : sandbox.sts().calls()) {
        List<S3Call> calls =
            sandbox.s3().calls().stream()
                .filter(call -> session.mintedAccessKeyId().equals(call.accessKeyId()))
                .toList();
        assertThat(calls).extracting(S3Call::key).containsOnly(calls.get(0).key());
        String others = calls.get(0).key().equals("first.csv") ? "second.csv" : "first.csv";
        try (S3Client s3 = client(sandbox, session.mintedAccessKeyId())) {
          assertThat(allowed(sandbox, s3, Sandbox.BUCKET, others)).isEmpty();
        }
      }
    }
  }

  /** The ids of the keys that were given, oldest first. */
  private static List<String> keys(Sandbox sandbox) {
    return sandbox.sts().calls().stream().map(StsCall::mintedAccessKeyId).toList();
  }

  /** What these keys are let do there. */
  private static List<String> allowed(Sandbox sandbox, S3Client s3, String bucket, String key) {
    Map<String, Trial> all = new LinkedHashMap<>(WRITES);
    all.putAll(OTHERS);
    List<String> allowed = new ArrayList<>();
    all.forEach(
        (name, trial) -> {
          int before = sandbox.s3().calls().size();
          try {
            trial.on(s3, bucket, key);
          } catch (S3Exception refused) {
            assertThat(refused.statusCode()).isPositive();
          }
          List<S3Call> calls = sandbox.s3().calls();
          assertThat(calls).as("%s on the wire", name).hasSize(before + 1);
          if (!DENIED.equals(calls.get(before).error())) {
            allowed.add(name);
          }
        });
    return allowed;
  }

  private static RequestBody body() {
    return RequestBody.fromString("x");
  }

  /** A client that tries everything once. */
  private static S3Client client(Sandbox sandbox, String accessKeyId) {
    return S3Client.builder()
        .endpointOverride(sandbox.s3Url())
        .region(Region.of(Sandbox.REGION))
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(sandbox.sts().minted(accessKeyId)))
        .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }
}
