package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;

/**
 * Who may come in. The refusals are those of
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList.
 */
final class S3Door {

  private final SessionKeys keys;

  S3Door(SessionKeys keys) {
    this.keys = keys;
  }

  void check(HttpExchange exchange, S3Target target) throws AwsError {
    Signature signature = Signature.of(exchange);
    if (signature.accessKeyId().equals(Sandbox.ACCESS_KEY_ID)) {
      throw new AwsError(403, "AccessDenied", "Access Denied");
    }
    SessionKeys.SessionKey key = keys.find(signature.accessKeyId()).orElse(null);
    String token = exchange.getRequestHeaders().getFirst("x-amz-security-token");
    if (key == null || token == null) {
      throw new AwsError(
          403,
          "InvalidAccessKeyId",
          "The AWS Access Key Id you provided does not exist in our records.");
    }
    if (!token.equals(key.sessionToken())) {
      throw new AwsError(
          400, "InvalidToken", "The provided token is malformed or otherwise not valid.");
    }
    if (key.expired()) {
      throw new AwsError(400, "ExpiredToken", "The provided token has expired.");
    }
    if (!signature.region().equals(Sandbox.REGION)) {
      throw new AwsError(
          400,
          "AuthorizationHeaderMalformed",
          "The authorization header is malformed; the region '"
              + signature.region()
              + "' is wrong; expecting '"
              + Sandbox.REGION
              + "'");
    }
    String payloadHash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (payloadHash == null) {
      throw new AwsError(
          400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
    }
    signature.check(exchange, key.secretAccessKey(), payloadHash);
    if (!target.bucket().isEmpty() && !target.bucket().equals(Sandbox.BUCKET)) {
      throw new AwsError(404, "NoSuchBucket", "The specified bucket does not exist");
    }
  }

  /** The id of the key that a request says it was signed with, or null. */
  static String accessKeyId(HttpExchange exchange) {
    try {
      return Signature.of(exchange).accessKeyId();
    } catch (AwsError e) {
      return null;
    }
  }
}
