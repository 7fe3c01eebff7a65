package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.run.RunMetadata;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Why S3 did not take an object, and what an operator is to look at. Codes: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3 error
 * responses</a>.
 */
final class UploadFailure {

  private final String wanted;
  private final PutObjectRequest object;
  private final AssumedRole role;
  private final Throwable cause;
  private final ObjectFound found;
  private final boolean maybeWritten;

  private UploadFailure(
      Throwable cause,
      AssumedRole role,
      PutObjectRequest object,
      boolean maybeWritten,
      ObjectFound found) {
    this.wanted = "Cannot write " + S3Uri.of(object) + ": ";
    this.object = object;
    this.role = role;
    this.cause = cause;
    this.found = found;
    this.maybeWritten = maybeWritten;
  }

  /**
   * What failed, as a run's failure; one that is already told stays itself.
   *
   * @param maybeWritten whether the same run may have written the object in an earlier attempt
   * @param found what stands under the key, where S3's answer leaves that open; else null
   */
  static RunException of(
      Throwable cause,
      AssumedRole role,
      PutObjectRequest object,
      boolean maybeWritten,
      ObjectFound found) {
    UploadFailure failure = new UploadFailure(cause, role, object, maybeWritten, found);
    RunException told = failure.told();
    return failure.isUnknown() ? failure.withUnknownEnd(told) : told;
  }

  /** The same, where S3 may carry out later what it has not answered. */
  static RunException mayComeLate(RunException told) {
    return RunException.withUnknownEnd(
        told.outcome(),
        told.isRetryable(),
        told.retryAfter().orElse(null),
        told.getMessage()
            + ". S3 may carry it out all the same: the run is finished first by the job's next one",
        told);
  }

  private RunException told() {
    for (Throwable known = cause; known != null; known = known.getCause()) {
      if (known instanceof RunException failure) {
        return failure;
      }
    }
    if (cause instanceof InterruptedException || cause instanceof AbortedException) {
      return retryable("it was interrupted");
    }
    if (cause instanceof AwsServiceException refused) {
      return explain(refused, AwsReply.of(refused));
    }
    return cause instanceof SdkException
        ? retryable(
            "S3 "
                + (role.getS3Endpoint() == null
                    ? "in " + role.getRegion()
                    : "at " + role.getS3Endpoint())
                + " does not answer ("
                + words(cause)
                + ")")
        : RunException.in(cause);
  }

  /** A run that finds the name taken, and cannot have taken it before, has not taken it itself. */
  private boolean isUnknown() {
    boolean taken = cause instanceof AwsServiceException refused && refused.statusCode() == 412;
    return found != null && found.is(ObjectFound.State.UNKNOWN) && (maybeWritten || !taken);
  }

  private RunException withUnknownEnd(RunException told) {
    return RunException.withUnknownEnd(
        told.outcome(),
        told.isRetryable(),
        told.retryAfter().orElse(null),
        told.getMessage()
            + ". Whether this run's object is there is not known, since it may not be read ("
            + found.refusal()
            + "): its metadata "
            + RunMetadata.RUN_ID
            + " would tell",
        told);
  }

  private RunException explain(AwsServiceException refused, AwsReply reply) {
    Optional<RunException> told = byCode(refused, reply);
    if (told.isPresent()) {
      return told.get();
    }
    if (reply.isServerTrouble()) {
      return new RunException(
          Outcome.S3,
          true,
          reply.retryAfter().orElse(null),
          wanted + "S3 is in trouble (" + reply + ")",
          cause);
    }
    return switch (reply.status()) {
      case 301, 307 -> wrongRegion(refused, reply);
      case 401, 403 -> denied(reply);
      case 404 -> noBucket(reply);
      case 409 -> retryable("another write of this name is under way (" + reply + ")");
      case 412 -> existsAlready(reply);
      case 501 ->
          failure(
              Outcome.CONFIGURATION,
              "this S3 server does not know what was asked for ("
                  + reply
                  + "). Check the role's checksums and chunkedEncoding, and the job's encryption");
      default -> failure(Outcome.CONFIGURATION, "S3 does not take the request (" + reply + ")");
    };
  }

  private Optional<RunException> byCode(AwsServiceException refused, AwsReply reply) {
    if (reply.code().startsWith("KMS.")) {
      return Optional.of(
          failure(
              Outcome.CONFIGURATION,
              "the KMS key cannot be used ("
                  + reply
                  + "). Check that it exists in "
                  + role.getRegion()
                  + " and is enabled"));
    }
    return Optional.ofNullable(
        switch (reply.code()) {
          case "ExpiredToken" -> retryable("the keys of the session have expired (" + reply + ")");
          case "RequestTimeout", "IncompleteBody", "BadDigest", "OperationAborted" ->
              retryable("the object did not arrive whole (" + reply + ")");
          case "PermanentRedirect",
              "TemporaryRedirect",
              "AuthorizationHeaderMalformed",
              "IllegalLocationConstraintException" ->
              wrongRegion(refused, reply);
          case "NoSuchUpload" -> lostUpload(reply);
          case "AccessControlListNotSupported" ->
              failure(
                  Outcome.CONFIGURATION,
                  "the bucket takes no ACLs, it owns all of its objects ("
                      + reply
                      + "). Leave cannedAcl out");
          case "RequestTimeTooSkewed" ->
              failure(
                  Outcome.CONFIGURATION,
                  "this machine's clock is wrong (" + reply + "). Set it by NTP");
          case "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch" ->
              failure(
                  Outcome.CREDENTIALS,
                  "S3 does not know the keys that the STS gave ("
                      + reply
                      + "). Check that s3Endpoint and stsEndpoint belong together");
          case "XAmzContentSHA256Mismatch" ->
              failure(
                  Outcome.CONFIGURATION,
                  "this S3 server does not know how newer clients send checksums ("
                      + reply
                      + "). Set the role's checksums: whenRequired, or chunkedEncoding: false");
          default -> null;
        });
  }

  private RunException denied(AwsReply reply) {
    return failure(
        Outcome.CREDENTIALS,
        "denied to "
            + role.getRoleArn()
            + " ("
            + reply
            + "). "
            + new AccessDenied(reply.message(), role, object).explained());
  }

  private RunException existsAlready(AwsReply reply) {
    return failure(
        Outcome.S3,
        "an object of this name exists already"
            + (found == null ? "" : found.told())
            + ", overwrite is off ("
            + reply
            + ")");
  }

  private RunException lostUpload(AwsReply reply) {
    return retryable("somebody, or a lifecycle rule, aborted the upload (" + reply + ")");
  }

  private RunException wrongRegion(AwsServiceException refused, AwsReply reply) {
    String right =
        AwsReply.header(refused.awsErrorDetails(), "x-amz-bucket-region")
            .map(region -> "the bucket is in " + region)
            .orElse("the bucket is in another region");
    return failure(
        Outcome.CONFIGURATION,
        right + ", the role's region is " + role.getRegion() + " (" + reply + ")");
  }

  private RunException noBucket(AwsReply reply) {
    return failure(
        Outcome.CONFIGURATION,
        "there is no bucket "
            + object.bucket()
            + " ("
            + reply
            + "). Buckets are never created here");
  }

  private RunException retryable(String words) {
    return new RunException(Outcome.S3, true, wanted + words, cause);
  }

  private RunException failure(Outcome outcome, String words) {
    return new RunException(outcome, false, wanted + words, cause);
  }

  private static String words(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
