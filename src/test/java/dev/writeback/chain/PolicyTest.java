package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.job.JobParameters;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.RolePolicies;
import dev.writeback.sandbox.PolicyDocument;
import dev.writeback.sandbox.S3Call;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The permissions that are printed for a job are all that its runs use, and no more: {@code
 * spec/job-policies.yaml}.
 */
class PolicyTest {

  static Stream<Case> cases() {
    return Spec.cases("job-policies");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyCallOfARunIsAllowedAndNothingElse(Case row) throws Exception {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("inputDataset", SandboxDomo.ORDERS);
    parameters.put("fileName", "orders");
    parameters.putAll(row.map("parameters"));
    try (Sandbox sandbox = Sandbox.builder().hashingSink(true).start();
        ChainContext context = new ChainContext(sandbox).job("job", parameters).start()) {
      String policy = policy(context, Set.of());
      int runs = row.flag("twice") ? 2 : 1;
      for (int i = 0; i < runs; i++) {
        RunContext run = RunContext.of(context.run("job", Instant.parse("2026-03-29T03:00:00Z")));
        assertThat(run.getOutcome()).isEqualTo(i == 0 ? Outcome.DONE : Outcome.S3);
      }

      assertThat(sandbox.s3().calls()).isNotEmpty().allSatisfy(call -> assertAllowed(policy, call));
      assertThat(used(sandbox)).containsExactlyInAnyOrderElementsOf(row.<String>list("uses"));
      for (String outside : row.<String>list("outside")) {
        assertThat(PolicyDocument.allows(policy, "s3:PutObject", "arn:aws:s3:::" + outside))
            .as(outside)
            .isFalse();
      }
      for (String action : List.of("s3:DeleteObject", "s3:ListBucket", "s3:PutObjectRetention")) {
        assertThat(PolicyDocument.allows(policy, action, "arn:aws:s3:::landing")).isFalse();
      }
      assertThat(
              PolicyDocument.allows(
                  policy(context, Set.of(RolePolicies.Use.BROWSE)),
                  "s3:ListBucket",
                  "arn:aws:s3:::landing"))
          .isTrue();
      assertThat(policy.contains("kms:GenerateDataKey")).isEqualTo(row.has("kms"));
      assertThat(policy).contains(row.text("kms", ""));
    }
  }

  private static void assertAllowed(String policy, S3Call call) {
    assertThat(call.actions())
        .allSatisfy(
            action ->
                assertThat(PolicyDocument.allows(policy, action, call.resource()))
                    .as("%s on %s by %s", action, call.resource(), policy)
                    .isTrue());
  }

  private static List<String> used(Sandbox sandbox) {
    return sandbox.s3().calls().stream()
        .flatMap(call -> call.actions().stream())
        .distinct()
        .toList();
  }

  private static String policy(ChainContext context, Set<RolePolicies.Use> more) {
    JobParameters job = JobParameters.of(context.camel, "job").get(0);
    AssumedRole role =
        context.camel.getRegistry().lookupByNameAndType(job.get("role"), AssumedRole.class);
    List<String> pieces =
        RolePolicies.pieces(job.keyOfAnyRun(context.camel.getTypeConverter()), ObjectNaming.ANY);
    return new RolePolicies(role).permissions(context.camel, job.values(), pieces, more);
  }
}
