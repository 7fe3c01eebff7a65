package dev.writeback.s3;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * An error reply of an AWS service, or of a server that imitates one: some of those send no code.
 *
 * @param status the HTTP status
 * @param code AWS's error code, or empty
 * @param message AWS's words, or the SDK's where there were none
 */
record AwsReply(int status, String code, String message, Optional<Duration> retryAfter) {

  static AwsReply of(AwsServiceException exception) {
    AwsErrorDetails details = exception.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String message =
        details == null || details.errorMessage() == null
            ? exception.getMessage()
            : details.errorMessage();
    return new AwsReply(
        exception.statusCode(),
        code,
        message,
        header(details, "Retry-After").flatMap(AwsReply::seconds));
  }

  /** A header of the reply. */
  static Optional<String> header(AwsErrorDetails details, String name) {
    return details == null || details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader(name);
  }

  /** The same, where AWS has repeated a value that is not to be shown whole. */
  AwsReply masking(String value) {
    return value == null || message == null
        ? this
        : new AwsReply(status, code, message.replace(value, Masked.text(value)), retryAfter);
  }

  boolean isThrottling() {
    return status == 429 || code.contains("Throttl") || code.contains("SlowDown");
  }

  /**
   * S3 may begin its answer to CompleteMultipartUpload, with a 200, before it knows the end: then
   * the error stands in the body, as its API reference says.
   */
  boolean isServerTrouble() {
    return status >= 500 && status != 501 || status / 100 == 2 || status == 408 || isThrottling();
  }

  /** {@code 403 AccessDenied: words of AWS}. */
  @Override
  public String toString() {
    return status + (code.isEmpty() ? "" : " " + code) + ": " + message;
  }

  private static Optional<Duration> seconds(String retryAfter) {
    return retryAfter.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)))
        : Optional.empty();
  }
}
