package dev.writeback.s3;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The policy that narrows a session down to one object. It can only take away from what the role
 * may do, never add: so the actions on keys of the KMS, which S3 needs where a bucket is encrypted
 * with one, are let through whole.
 *
 * <p>Formats and limits: <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 * (2,048 characters, none above U+00FF) and <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">policy
 * variables</a> ({@code ${*}}). Where a key is too long for that, as much of its beginning as fits
 * is kept, followed by a wildcard.
 */
final class SessionPolicy {

  private static final int LONGEST = 2048;

  private SessionPolicy() {}

  static String forObject(PutObjectRequest object, String partition) {
    String key = object.key();
    String policy = policy(object, partition, escaped(key));
    while (policy.length() > LONGEST) {
      key = key.substring(0, key.offsetByCodePoints(key.length(), -1));
      policy = policy(object, partition, escaped(key) + "*");
    }
    return policy;
  }

  private static String policy(PutObjectRequest object, String partition, String keyPattern) {
    String bucket =
        object.bucket().startsWith("arn:")
            ? object.bucket() + "/object/"
            : "arn:" + partition + ":s3:::" + object.bucket() + "/";
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\""
        + String.join("\",\"", actions(object))
        + "\"],\"Resource\":\""
        + json(bucket + keyPattern)
        + "\"},{\"Effect\":\"Allow\",\"Action\":[\"kms:GenerateDataKey\",\"kms:Decrypt\"],"
        + "\"Resource\":\"*\"}]}";
  }

  private static List<String> actions(PutObjectRequest object) {
    List<String> actions = new ArrayList<>(List.of("s3:PutObject", "s3:AbortMultipartUpload"));
    if (object.ifNoneMatch() != null) {
      // To say what is there already.
      actions.add("s3:GetObject");
    }
    if (object.tagging() != null) {
      actions.add("s3:PutObjectTagging");
    }
    if (object.aclAsString() != null
        || object.grantFullControl() != null
        || object.grantRead() != null
        || object.grantReadACP() != null
        || object.grantWriteACP() != null) {
      actions.add("s3:PutObjectAcl");
    }
    if (object.objectLockModeAsString() != null) {
      actions.add("s3:PutObjectRetention");
    }
    if (object.objectLockLegalHoldStatusAsString() != null) {
      actions.add("s3:PutObjectLegalHold");
    }
    return actions;
  }

  /** A key that stands for itself, although {@code *}, {@code ?} and {@code $} mean something. */
  private static String escaped(String key) {
    StringBuilder pattern = new StringBuilder();
    for (char character : key.toCharArray()) {
      switch (character) {
        case '*', '?', '$' -> pattern.append("${").append(character).append('}');
        default -> pattern.append(character);
      }
    }
    return pattern.toString();
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder();
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ' || character > '~') {
        json.append(String.format("\\u%04x", (int) character));
      } else {
        json.append(character);
      }
    }
    return json.toString();
  }
}
