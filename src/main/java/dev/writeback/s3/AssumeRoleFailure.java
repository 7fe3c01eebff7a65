package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** Why a role could not be assumed, and what an operator is to look at. */
final class AssumeRoleFailure {

  /** How the SDK begins to tell of a chain: with the names of all providers, which follow again. */
  private static final Pattern CHAIN = Pattern.compile("the chain \\w+\\(.*?\\]\\) : ");

  private final String wanted;
  private final AssumeRoleRequest request;
  private final AssumedRole role;
  private final RuntimeException cause;

  private AssumeRoleFailure(RuntimeException cause, AssumedRole role, AssumeRoleRequest request) {
    this.wanted = "Cannot assume " + request.roleArn() + " as " + request.roleSessionName() + ": ";
    this.request = request;
    this.role = role;
    this.cause = cause;
  }

  static RunException of(RuntimeException cause, AssumedRole role, AssumeRoleRequest request) {
    if (cause instanceof RunException known) {
      return known;
    }
    AssumeRoleFailure failure = new AssumeRoleFailure(cause, role, request);
    return cause instanceof AwsServiceException refused
        ? failure.explain(AwsReply.of(refused).masking(request.externalId()))
        : failure.withoutReply();
  }

  private RunException explain(AwsReply reply) {
    if (reply.isServerTrouble()) {
      return new RunException(
          Outcome.S3,
          true,
          reply.retryAfter().orElse(null),
          wanted + "the STS is in trouble (" + reply + ")",
          cause);
    }
    if (isOfAnotherTime(reply)) {
      return failure(
          Outcome.CONFIGURATION, "this machine's clock is wrong (" + reply + "). Set it by NTP");
    }
    return switch (reply.code()) {
      case "InvalidClientTokenId",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "UnrecognizedClientException" ->
          failure(
              Outcome.CREDENTIALS,
              "the STS does not know the keys of this process (" + reply + "). Check " + caller());
      case "ExpiredToken", "ExpiredTokenException" ->
          failure(
              Outcome.CREDENTIALS,
              "the keys of this process have expired (" + reply + "). Renew " + caller());
      case "RegionDisabledException" ->
          failure(
              Outcome.CONFIGURATION,
              "the STS is not switched on in "
                  + role.getStsRegion()
                  + " ("
                  + reply
                  + "). Activate it in IAM's account settings, or set stsRegion");
      case "PackedPolicyTooLarge", "MalformedPolicyDocument" ->
          failure(
              Outcome.CONFIGURATION,
              "the STS does not take the session policy ("
                  + reply
                  + "). Write to a shorter key, or set the role's sessionPolicy: false");
      case "ValidationError" ->
          failure(
              Outcome.CONFIGURATION,
              "the STS does not take the request ("
                  + reply
                  + "). Check roleArn, roleSessionName, externalId, and that sessionDuration ("
                  + role.getSessionDuration().toSeconds()
                  + " s) is not above the role's maximum (1 hour where one role assumes another)");
      default ->
          reply.status() == 401 || reply.status() == 403
              ? refused(reply)
              : failure(Outcome.CONFIGURATION, "the STS does not take the request (" + reply + ")");
    };
  }

  /** The STS says of a signature of another time that it does not match, and only then why. */
  private static boolean isOfAnotherTime(AwsReply reply) {
    return reply.code().equals("RequestTimeTooSkewed")
        || reply.message().startsWith("Signature expired")
        || reply.message().startsWith("Signature not yet current");
  }

  private RunException refused(AwsReply reply) {
    return failure(
        Outcome.CREDENTIALS,
        "refused ("
            + reply
            + "). External id sent: "
            + Masked.text(request.externalId())
            + ". "
            + why(DenyingPolicy.Denial.in(reply.message())));
  }

  private String why(DenyingPolicy.Denial denial) {
    String printed =
        ". Next: compare the role's trust policy with what domo-s3-writeback policy JOB prints";
    if (denial.policy() == DenyingPolicy.IDENTITY) {
      return "A policy of this process's own principal ("
          + caller()
          + ") "
          + (denial.explicit() ? "denies" : "does not allow")
          + " it sts:AssumeRole on the role; the role's trust policy is not to blame";
    }
    if (denial.policy() == DenyingPolicy.SERVICE_CONTROL
        || denial.policy() == DenyingPolicy.RESOURCE_CONTROL) {
      return "A policy of the AWS organization stands against it. Who administers it has to allow it";
    }
    if (denial.policy() == DenyingPolicy.RESOURCE) {
      return "The role's trust policy "
          + (denial.explicit() ? "denies it" : "does not allow it")
          + " to this process ("
          + caller()
          + ")"
          + printed;
    }
    return "Check that the role exists, that its trust policy allows sts:AssumeRole to the"
        + " principal of this process ("
        + caller()
        + "), that its condition sts:ExternalId equals the role's externalId, and that this"
        + " principal may itself call sts:AssumeRole"
        + printed;
  }

  private RunException withoutReply() {
    String words = String.valueOf(cause.getMessage());
    if (words.contains("Unable to load credentials") || words.contains("Profile file")) {
      return failure(
          Outcome.CREDENTIALS,
          "this process has no AWS keys of its own ("
              + CHAIN.matcher(words).replaceFirst("the chain: ")
              + "). Check "
              + caller());
    }
    return new RunException(
        Outcome.S3,
        true,
        wanted
            + "the STS "
            + (role.getStsEndpoint() == null
                ? "in " + role.getStsRegion()
                : "at " + role.getStsEndpoint())
            + " does not answer ("
            + words
            + "). Check its region, endpoint and the network",
        cause);
  }

  private RunException failure(Outcome outcome, String words) {
    return new RunException(outcome, false, wanted + words, cause);
  }

  private String caller() {
    if (role.getStsClient() != null) {
      return "the credentials of the stsClient that the host gives";
    }
    if (role.getProfile() != null) {
      return "the AWS profile " + role.getProfile();
    }
    return role.getAccessKey() == null
        ? "the SDK's default chain: environment, profile, container or instance"
        : "the role's accessKey " + Masked.text(role.getAccessKey());
  }
}
