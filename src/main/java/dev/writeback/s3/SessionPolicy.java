package dev.writeback.s3;

import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The policy that narrows a session down to one object. It can only take away from what the role
 * may do, never add: so where the write says nothing of encryption the actions on keys of the KMS,
 * which S3 needs where the bucket is encrypted with one, are let through whole.
 *
 * <p>Formats and limits: <a
 * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 * (2,048 characters, none above U+00FF) and <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">policy
 * variables</a> ({@code ${*}}). Where a key is too long for that, as much of its beginning as fits
 * is kept, followed by a wildcard.
 */
final class SessionPolicy {

  /** Of a session that is opened to see whether it opens. */
  static final String FOR_NOTHING =
      IamPolicy.builder()
          .addStatement(nothing -> nothing.effect(IamEffect.DENY).addAction("*").addResource("*"))
          .build()
          .toJson();

  private static final int LONGEST = 2048;

  private SessionPolicy() {}

  static String forObject(PutObjectRequest object, AssumedRole role) {
    WritePermissions permissions = new WritePermissions(object, role);
    String key = object.key();
    String policy = policy(permissions, WritePermissions.escaped(key));
    while (policy.length() > LONGEST) {
      key = key.substring(0, key.offsetByCodePoints(key.length(), -1));
      policy = policy(permissions, WritePermissions.escaped(key) + "*");
    }
    return policy;
  }

  /** To look whether an object is there. */
  static String forLook(PutObjectRequest object, AssumedRole role) {
    WritePermissions permissions = new WritePermissions(object, role);
    String whole = look(permissions, WritePermissions.escaped(object.key()));
    return whole.length() <= LONGEST ? whole : look(permissions, "*");
  }

  private static String look(WritePermissions permissions, String keyPattern) {
    IamPolicy.Builder policy =
        IamPolicy.builder()
            .addStatement(permissions.onFound(keyPattern))
            .addStatement(permissions.onBucket(RolePolicies.LIST_FOLDERS));
    permissions.onNamedOrBucketsKey().ifPresent(policy::addStatement);
    return ascii(policy.build().toJson());
  }

  /** As {@link #forObject}; also to list the bucket, and to take the object away again. */
  static String forProbe(PutObjectRequest object, AssumedRole role) {
    WritePermissions permissions = new WritePermissions(object, role);
    String key = WritePermissions.escaped(object.key());
    String whole = probe(permissions, key);
    return whole.length() <= LONGEST ? whole : probe(permissions, "*");
  }

  private static String probe(WritePermissions permissions, String keyPattern) {
    IamPolicy.Builder policy =
        IamPolicy.builder()
            .addStatement(
                permissions.onObjects(keyPattern).toBuilder().addAction("s3:DeleteObject").build())
            .addStatement(permissions.onBucket(RolePolicies.LIST_FOLDERS));
    permissions.onNamedOrBucketsKey().ifPresent(policy::addStatement);
    return ascii(policy.build().toJson());
  }

  /** To list the open uploads of a bucket, and to abort those of the keys. */
  static String forUploads(PutObjectRequest any, List<String> keys, AssumedRole role) {
    WritePermissions permissions = new WritePermissions(any, role);
    String whole = uploads(permissions, WritePermissions.pattern(keys));
    return whole.length() <= LONGEST ? whole : uploads(permissions, "*");
  }

  /** To list the folders of a bucket. */
  static String forFolders(PutObjectRequest any, AssumedRole role) {
    return ascii(
        IamPolicy.builder()
            .addStatement(new WritePermissions(any, role).onBucket(RolePolicies.LIST_FOLDERS))
            .build()
            .toJson());
  }

  private static String uploads(WritePermissions permissions, String keyPattern) {
    return ascii(
        IamPolicy.builder()
            .addStatement(permissions.onBucket(RolePolicies.LIST_UPLOADS))
            .addStatement(permissions.onUploads(keyPattern))
            .build()
            .toJson());
  }

  private static String policy(WritePermissions permissions, String keyPattern) {
    IamPolicy.Builder policy = IamPolicy.builder().addStatement(permissions.onObjects(keyPattern));
    permissions.onNamedOrBucketsKey().ifPresent(policy::addStatement);
    return ascii(policy.build().toJson());
  }

  /** Of JSON: only inside of its texts can another character stand. */
  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder();
    for (char character : json.toCharArray()) {
      if (character > '~') {
        ascii.append(String.format("\\u%04x", (int) character));
      } else {
        ascii.append(character);
      }
    }
    return ascii.toString();
  }
}
