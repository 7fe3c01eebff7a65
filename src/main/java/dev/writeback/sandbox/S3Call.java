package dev.writeback.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One request that the S3 has answered, or whose connection it has broken.
 *
 * @param at when its headers had arrived
 * @param key empty where it was about a bucket
 * @param uploadId null where it was about no multipart upload
 * @param partNumber 0 where it was about no part
 * @param accessKeyId the key that signed it, or null where it was not signed
 * @param headers by lower-case name; those that hold a secret are masked
 * @param bytes of the request's body, as they came over the wire
 * @param status of the answer; 0 where the connection was broken instead
 * @param error AWS's code of the refusal, where the sandbox itself refused; else null
 */
public record S3Call(
    Instant at,
    S3Operation operation,
    String bucket,
    String key,
    String uploadId,
    int partNumber,
    String accessKeyId,
    Map<String, String> headers,
    long bytes,
    int status,
    String error) {

  /** The actions that a policy must allow for it. */
  public List<String> actions() {
    return operation.actions(headers::containsKey);
  }

  /** The ARN of what it is about. */
  public String resource() {
    return "arn:aws:s3:::" + bucket + (key.isEmpty() ? "" : "/" + key);
  }
}
