package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;

/**
 * Who may come in, and with a session policy for what. The refusals are those of
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList.
 */
final class S3Door {

  private static final String LIST_BUCKET = "s3:ListBucket";

  private final SessionKeys keys;

  S3Door(SessionKeys keys) {
    this.keys = keys;
  }

  /** Gives the key of a request that may come in. */
  SessionKeys.SessionKey check(HttpExchange exchange, S3Target target) throws AwsError {
    Signature signature = Signature.of(exchange);
    if (signature.accessKeyId().equals(Sandbox.ACCESS_KEY_ID)) {
      throw accessDenied();
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
    List<String> needed = target.operation().actions(exchange.getRequestHeaders()::containsKey);
    if (!needed.stream().allMatch(action -> allows(key, action, target))) {
      throw accessDenied();
    }
    // After the policy: another bucket is as one that somebody else has.
    if (!target.bucket().isEmpty() && !target.bucket().equals(Sandbox.BUCKET)) {
      throw new AwsError(404, "NoSuchBucket", "The specified bucket does not exist");
    }
    return key;
  }

  /**
   * S3 tells that an object is absent only to who may list the bucket, by
   * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html.
   */
  void hideAbsence(SessionKeys.SessionKey key, S3Target target, int status) throws AwsError {
    boolean reads =
        target.operation() == S3Operation.HEAD_OBJECT
            || target.operation() == S3Operation.GET_OBJECT;
    S3Target bucket = new S3Target(S3Operation.HEAD_BUCKET, target.bucket(), "", null, 0);
    if (status == 404 && reads && !allows(key, LIST_BUCKET, bucket)) {
      throw accessDenied();
    }
  }

  private static boolean allows(SessionKeys.SessionKey key, String action, S3Target target) {
    String resource = "arn:aws:s3:::" + target.bucket();
    return PolicyDocument.allows(
        key.policy(), action, target.key().isEmpty() ? resource : resource + "/" + target.key());
  }

  private static AwsError accessDenied() {
    return new AwsError(403, "AccessDenied", "Access Denied");
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
