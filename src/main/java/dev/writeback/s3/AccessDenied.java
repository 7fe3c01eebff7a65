package dev.writeback.s3;

import dev.writeback.run.RunMetadata;
import dev.writeback.s3.DenyingPolicy.Denial;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Why a role may not write an object, and what to try next. AWS often names the policy; where
 * nothing is named, all that it can be is told, from what the write asked for.
 */
final class AccessDenied {

  private final Denial denial;
  private final AssumedRole role;
  private final PutObjectRequest object;

  /**
   * @param message the server's words
   */
  AccessDenied(String message, AssumedRole role, PutObjectRequest object) {
    this.denial = Denial.in(message);
    this.role = role;
    this.object = object;
  }

  /** Sentences for an operator: causes first, then the command to try. */
  String explained() {
    return denial.policy() == null ? whatItCanBe() : whatItIs();
  }

  private String whatItIs() {
    return switch (denial.policy()) {
      case IDENTITY ->
          denial.explicit()
              ? "A policy of the role itself denies "
                  + action()
                  + ". Next: aws iam list-role-policies and list-attached-role-policies --role-name "
                  + roleName()
              : "The role's permission policy does not allow " + action() + ". " + printPolicy();
      case RESOURCE ->
          denial.isOfKms()
              ? "The policy of the KMS key "
                  + (denial.explicit() ? "denies " : "does not allow ")
                  + action()
                  + ". Next: aws kms get-key-policy --policy-name default --key-id "
                  + (denial.resource() == null ? "KEY" : denial.resource())
              : "The bucket's policy "
                  + (denial.explicit() ? "denies " : "does not allow ")
                  + action()
                  + ". "
                  + readBucketPolicy();
      case SESSION ->
          "The session's own policy, which is for this object alone, does not allow "
              + action()
              + ": what the job asks for was not foreseen. Next: set the role's sessionPolicy:"
              + " false, and report it";
      case BOUNDARY ->
          "The role's permissions boundary stands against "
              + action()
              + ". Next: aws iam get-role --role-name "
              + roleName();
      case SERVICE_CONTROL, RESOURCE_CONTROL ->
          "A policy of the AWS organization stands against "
              + action()
              + ". Who administers it has to allow it";
      case ENDPOINT ->
          "The policy of the VPC endpoint by which S3 is reached stands against "
              + action()
              + ". Next: aws ec2 describe-vpc-endpoints";
    };
  }

  private String whatItCanBe() {
    List<String> causes = new ArrayList<>();
    causes.add("the role's permission policy does not allow " + actions());
    if (isKms()) {
      causes.add(
          "the KMS key "
              + (object.ssekmsKeyId() == null ? "of S3" : object.ssekmsKeyId())
              + " does not allow the role kms:GenerateDataKey and kms:Decrypt");
    } else if (!EncryptionProof.isNeeded(object)) {
      causes.add(
          "the bucket is encrypted by a KMS key that does not allow the role kms:GenerateDataKey and"
              + " kms:Decrypt");
    }
    if (object.aclAsString() != null) {
      causes.add("the bucket takes no cannedAcl (" + object.aclAsString() + ")");
    }
    if (object.expectedBucketOwner() != null) {
      causes.add(
          "the bucket does not belong to expectedBucketOwner " + object.expectedBucketOwner());
    }
    causes.add("the bucket's policy, or one of the AWS organization, denies it");
    if (role.getS3Endpoint() != null) {
      causes.add("the session's keys have expired, which some servers tell in this way");
    }
    if (role.isSessionPolicy()) {
      causes.add(
          "the server misreads session policies (then sessionPolicy: false of the role helps)");
    }
    return "It can be: "
        + String.join("; ", causes)
        + ". "
        + printPolicy()
        + ", then "
        + bucketPolicyCommand();
  }

  private boolean isKms() {
    ServerSideEncryption method = object.serverSideEncryption();
    return method == ServerSideEncryption.AWS_KMS || method == ServerSideEncryption.AWS_KMS_DSSE;
  }

  private String actions() {
    return String.join(", ", new WritePermissions(object, role).actions()) + " on this key";
  }

  private String action() {
    return denial.action() == null ? "it" : denial.action();
  }

  private String printPolicy() {
    String job = object.metadata().get(RunMetadata.JOB);
    return job == null
        ? "Next: compare it with what the write needs"
        : "Next: compare it with what domo-s3-writeback policy " + job + " prints";
  }

  private String readBucketPolicy() {
    return "Next: " + bucketPolicyCommand();
  }

  private String bucketPolicyCommand() {
    return "aws s3api get-bucket-policy --bucket " + object.bucket();
  }

  private String roleName() {
    return role.getRoleArn().substring(role.getRoleArn().lastIndexOf('/') + 1);
  }
}
