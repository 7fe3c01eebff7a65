package dev.writeback.s3;

import dev.writeback.run.CheckResult;
import dev.writeback.run.Checklist;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Looks whether a role lets this process in, and nobody who does not know its external id. The
 * sessions that it opens may do nothing. For one thread.
 */
public final class TrustCheck {

  private static final String ROLE = "AWS role";
  private static final String CALLER = "AWS caller";
  private static final String CLOCK = "clock";
  private static final String ASSUME = "AssumeRole";
  private static final String WRONG_ID = "AssumeRole, wrong external id";
  private static final String NO_ID = "AssumeRole, no external id";

  private static final String ADVICE =
      "whoever your principal acts for can use the role: put the condition sts:ExternalId into its"
          + " trust policy, as policy JOB prints it";

  private final AssumedRole role;
  private final Checklist steps;
  private SdkHttpResponse answer;

  public TrustCheck(AssumedRole role, Checklist steps) {
    this.role = role;
    this.steps = steps;
  }

  /** Says whether the role can be assumed. */
  public boolean tell() {
    if (!steps.options(ROLE, role.problems(), role.getRoleArn() + " in " + role.getRegion())) {
      steps.skip("needs the role", CALLER, CLOCK, ASSUME, WRONG_ID, NO_ID);
      return false;
    }
    steps.step(CALLER, this::caller);
    steps.step(CLOCK, this::clock);
    if (!steps.step(ASSUME, this::assume)) {
      steps.skip("tells nothing while the right one does not open the role", WRONG_ID, NO_ID);
      return false;
    }
    if (role.getExternalId() == null) {
      steps.skip("the role's bean has no externalId", WRONG_ID, NO_ID);
      return true;
    }
    steps.step(WRONG_ID, () -> stranger("check-" + UUID.randomUUID(), "any external id"));
    steps.step(NO_ID, () -> stranger(null, "no external id"));
    return true;
  }

  private CheckResult caller() {
    AssumeRoleRequest request = request(role.getExternalId());
    try {
      GetCallerIdentityResponse caller = role.stsOfCaller().getCallerIdentity();
      answer = caller.sdkHttpResponse();
      return CheckResult.ok(caller.arn());
    } catch (SdkException e) {
      answer = answerOf(e);
      throw AssumeRoleFailure.of(e, role, request);
    }
  }

  private CheckResult clock() {
    Instant here = Instant.now();
    return Optional.ofNullable(answer)
        .flatMap(ClockSkew::time)
        .map(there -> ClockSkew.judge(here, there))
        .orElseGet(() -> CheckResult.skipped("the STS tells no time"));
  }

  private CheckResult assume() {
    AssumeRoleRequest request = request(role.getExternalId());
    try {
      AssumeRoleResponse opened = role.stsOfCaller().assumeRole(request);
      String found =
          Optional.ofNullable(opened.assumedRoleUser())
                  .map(AssumedRoleUser::arn)
                  .orElse(role.getRoleArn())
              + ", keys until "
              + opened.credentials().expiration().truncatedTo(ChronoUnit.SECONDS);
      return role.getExternalId() == null
          ? CheckResult.warn(
              found + ", without any external id",
              ADVICE + "; and set externalId on the role's bean")
          : CheckResult.ok(found);
    } catch (SdkException e) {
      throw AssumeRoleFailure.of(e, role, request);
    }
  }

  private CheckResult stranger(String externalId, String inWords) {
    AssumeRoleRequest request = request(externalId);
    try {
      role.stsOfCaller().assumeRole(request);
      return CheckResult.warn("the role opens with " + inWords, ADVICE);
    } catch (AwsServiceException refused) {
      AwsReply reply = AwsReply.of(refused);
      return reply.code().equals("AccessDenied")
          ? CheckResult.ok("refused, as it has to be")
          : CheckResult.skipped("not known: the STS answered " + reply);
    } catch (SdkException silent) {
      return CheckResult.skipped("not known: " + silent.getMessage());
    }
  }

  private AssumeRoleRequest request(String externalId) {
    return AssumeRoleRequest.builder()
        .roleArn(role.getRoleArn())
        .externalId(externalId)
        .roleSessionName(role.getRoleSessionName())
        .durationSeconds((int) role.getSessionDuration().toSeconds())
        .policy(role.isSessionPolicy() ? SessionPolicy.FOR_NOTHING : null)
        .build();
  }

  private static SdkHttpResponse answerOf(SdkException failure) {
    return failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null
        ? refused.awsErrorDetails().sdkHttpResponse()
        : null;
  }
}
