package dev.writeback.s3;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipalType;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What an operator gives a role so that it can be assumed by this process, and may write the
 * objects of a job and do nothing else. The permissions come from where the session policies of the
 * runs come from.
 */
public final class RolePolicies {

  static final String LIST_UPLOADS = "s3:ListBucketMultipartUploads";

  static final String LIST_FOLDERS = "s3:ListBucket";
  private static final String IF_NONE_MATCH = "*";

  /** What a role may be for besides the runs of a job. */
  public enum Use {
    /** The bucket's folders are listed. */
    BROWSE,
    /** The uploads that others have left open are listed. */
    UPLOADS
  }

  private final AssumedRole role;

  public RolePolicies(AssumedRole role) {
    this.role = role;
  }

  /**
   * Who this process is to AWS, as a trust policy names it: {@code sts:GetCallerIdentity}, which
   * needs no permission. Of a session it is the role.
   *
   * @return empty where the process has no credentials, or the STS cannot be reached
   */
  public Optional<String> caller() {
    try {
      return Optional.of(principal(role.callerArn()));
    } catch (SdkException unknown) {
      return Optional.empty();
    }
  }

  /** A session ends; its role stays. The role's path is not in a session's ARN. */
  static String principal(String callerArn) {
    return callerArn.replaceFirst(
        "^(arn:[^:]+):sts::(\\d+):assumed-role/([^/]+)/.*$", "$1:iam::$2:role/$3");
  }

  /**
   * The trust policy, as JSON: that the principal may assume the role, with the external id where
   * the role has one.
   *
   * @param domo the account of Domo that may go on to assume it, or null
   */
  public String trust(String principal, DomoEnvironment domo) {
    IamPolicy.Builder policy =
        IamPolicy.builder().addStatement(mayAssume("DomoS3Writeback", principal));
    if (domo != null) {
      policy.addStatement(mayAssume("DomoUntilTheSwitchIsDone", domo.principal()));
    }
    return policy.build().toJson();
  }

  private IamStatement mayAssume(String id, String principal) {
    IamStatement.Builder statement =
        IamStatement.builder()
            .sid(id)
            .effect(IamEffect.ALLOW)
            .addPrincipal(IamPrincipalType.AWS, principal)
            .addAction("sts:AssumeRole");
    if (role.getExternalId() != null) {
      statement.addCondition(
          IamConditionOperator.STRING_EQUALS, "sts:ExternalId", role.getExternalId());
    }
    return statement.build();
  }

  /**
   * The permission policy, as JSON: what the job's own runs need, and nothing else.
   *
   * @param context where the beans that the job names are found
   * @param parameters of the job's Kamelet, defaults included
   * @param keys of its objects: literal pieces, and any text between them
   * @param more what else than runs the role is for
   */
  public String permissions(
      CamelContext context, Map<String, String> parameters, List<String> keys, Set<Use> more) {
    PutObjectRequest.Builder written =
        PutObjectRequest.builder().bucket(bucket(parameters)).key(String.join("", keys));
    if (!Boolean.parseBoolean(parameters.get("overwrite"))) {
      written.ifNoneMatch(IF_NONE_MATCH);
    }
    PutObjectRequest object =
        ObjectOptions.of(context, parameters).on(written.build(), role, context);
    WritePermissions permissions = new WritePermissions(object, role);
    String pattern = WritePermissions.pattern(keys);
    IamPolicy.Builder policy =
        IamPolicy.builder()
            .addStatement(permissions.onObjects(pattern).toBuilder().sid("Write").build());
    permissions.onNamedKey().map(this::throughS3).ifPresent(policy::addStatement);
    if (more.contains(Use.BROWSE)) {
      policy.addStatement(permissions.onBucket(LIST_FOLDERS).toBuilder().sid("Browse").build());
    }
    if (more.contains(Use.UPLOADS)) {
      policy.addStatement(permissions.onBucket(LIST_UPLOADS).toBuilder().sid("Uploads").build());
    }
    return policy.build().toJson();
  }

  /** The bucket of a job: its own, or that of its role. */
  public String bucket(Map<String, String> parameters) {
    String bucket = parameters.get("bucket");
    return bucket == null || bucket.isBlank() ? role.getBucket() : bucket;
  }

  /** The pieces of a key between which any text may stand. */
  public static List<String> pieces(String key, String any) {
    return Arrays.asList(key.split(Pattern.quote(any), -1));
  }

  private IamStatement throughS3(IamStatement onKey) {
    String suffix = PartitionMetadata.of(Region.of(role.getRegion())).dnsSuffix();
    return onKey.toBuilder()
        .sid("Encrypt")
        .addCondition(
            IamConditionOperator.STRING_EQUALS,
            "kms:ViaService",
            "s3." + role.getRegion() + "." + suffix)
        .build();
  }
}
