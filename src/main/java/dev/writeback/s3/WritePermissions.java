package dev.writeback.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What one write needs to be allowed, in the actions of <a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">S3</a>
 * and <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">KMS</a>: the
 * one source of session policies and of the policy that an operator is told to give a role.
 */
final class WritePermissions {

  private static final String ANY = "*";

  private final PutObjectRequest object;
  private final AssumedRole role;

  /**
   * @param object as it will be asked for; its key does not matter
   */
  WritePermissions(PutObjectRequest object, AssumedRole role) {
    this.object = object;
    this.role = role;
  }

  /**
   * To write objects.
   *
   * @param keyPattern their keys, escaped where they mean themselves
   */
  IamStatement onObjects(String keyPattern) {
    IamStatement.Builder statement =
        IamStatement.builder().effect(IamEffect.ALLOW).addResource(resource(keyPattern));
    actions().forEach(statement::addAction);
    return statement.build();
  }

  /** To see what stands under a key; that nothing does, S3 tells only who may list the bucket. */
  IamStatement onFound(String keyPattern) {
    return IamStatement.builder()
        .effect(IamEffect.ALLOW)
        .addAction("s3:GetObject")
        .addResource(resource(keyPattern))
        .build();
  }

  /** To abort uploads that somebody has left. */
  IamStatement onUploads(String keyPattern) {
    return IamStatement.builder()
        .effect(IamEffect.ALLOW)
        .addAction("s3:AbortMultipartUpload")
        .addResource(resource(keyPattern))
        .build();
  }

  /**
   * To look into the bucket.
   *
   * @param action such as {@code s3:ListBucket}
   */
  IamStatement onBucket(String action) {
    String bucket = object.bucket();
    return IamStatement.builder()
        .effect(IamEffect.ALLOW)
        .addAction(action)
        .addResource(
            bucket.startsWith("arn:") ? bucket : "arn:" + role.getPartition() + ":s3:::" + bucket)
        .build();
  }

  private String resource(String keyPattern) {
    return object.bucket().startsWith("arn:")
        ? object.bucket() + "/object/" + keyPattern
        : "arn:" + role.getPartition() + ":s3:::" + object.bucket() + "/" + keyPattern;
  }

  /** What it does with objects. */
  List<String> actions() {
    List<String> actions = new ArrayList<>(List.of("s3:PutObject", "s3:AbortMultipartUpload"));
    if (object.ifNoneMatch() != null) {
      // To say what is there already, and whether it is the run's own.
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

  /** To have S3 use the KMS key that the write names; empty where it names no encryption by KMS. */
  Optional<IamStatement> onNamedKey() {
    ServerSideEncryption method = object.serverSideEncryption();
    boolean kms =
        method == ServerSideEncryption.AWS_KMS || method == ServerSideEncryption.AWS_KMS_DSSE;
    return kms
        ? Optional.of(onKeys(KmsKey.resource(object.ssekmsKeyId(), role)))
        : Optional.empty();
  }

  /**
   * The same, and where the write says nothing of encryption: to use any key, since the bucket's
   * own default may be one that only the bucket knows.
   */
  Optional<IamStatement> onNamedOrBucketsKey() {
    return EncryptionProof.isNeeded(object) ? onNamedKey() : Optional.of(onKeys(ANY));
  }

  private static IamStatement onKeys(String resource) {
    return IamStatement.builder()
        .effect(IamEffect.ALLOW)
        .addAction("kms:GenerateDataKey")
        .addAction("kms:Decrypt")
        .addResource(resource)
        .build();
  }

  /** Keys that have literal pieces, and any text between them. */
  static String pattern(List<String> pieces) {
    return pieces.stream().map(WritePermissions::escaped).collect(Collectors.joining(ANY));
  }

  /** A key that stands for itself, although {@code *}, {@code ?} and {@code $} mean something. */
  static String escaped(String key) {
    StringBuilder pattern = new StringBuilder();
    for (char character : key.toCharArray()) {
      switch (character) {
        case '*', '?', '$' -> pattern.append("${").append(character).append('}');
        default -> pattern.append(character);
      }
    }
    return pattern.toString();
  }
}
