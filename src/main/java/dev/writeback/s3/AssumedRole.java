package dev.writeback.s3;

import dev.writeback.run.BucketRole;
import dev.writeback.run.Checked;
import dev.writeback.run.CheckedUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Metadata;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * An AWS role that runs assume, and the bucket and S3 server that it is for. Declared as a bean:
 *
 * <pre>{@code
 * - beans:
 *     - name: landing
 *       type: dev.writeback.s3.AssumedRole
 *       destroyMethod: close
 *       properties:
 *         roleArn: "arn:aws:iam::123456789012:role/domo-writeback"
 *         externalId: "{{env:WRITEBACK_EXTERNAL_ID}}"
 *         roleSessionName: domo-writeback
 *         region: us-west-2
 *         bucket: acme-landing
 * }</pre>
 *
 * <p>Nothing is contacted and no credential is resolved before a run needs it. {@link #problems}
 * tells what is wrong with the options. An option that is blank is one that was left out, so that a
 * setting may stay empty. Options are set before the first run; after that the role may be used by
 * any number of threads.
 */
@Metadata(
    label = "bean",
    description = "An AWS role that runs assume, with the bucket and the S3 server that it is for.")
public final class AssumedRole implements AutoCloseable, BucketRole, Checked, CheckedUse {

  private final StsConnection sts = new StsConnection(this);
  private final S3Connection s3 = new S3Connection(this);

  @Metadata(
      displayName = "Role ARN",
      required = true,
      description = "The role to assume, like arn:aws:iam::123456789012:role/domo-writeback.")
  private String roleArn;

  @Metadata(
      displayName = "External ID",
      description =
          "The external id that the role's trust policy asks for; sent with every AssumeRole.")
  private String externalId;

  @Metadata(
      displayName = "Role Session Name",
      required = true,
      description =
          "The session's name in CloudTrail: 2 to 64 letters, digits and _+=,.@-. The run's id is added where both fit into 64.")
  private String roleSessionName;

  @Metadata(
      defaultValue = "1h",
      javaType = "java.time.Duration",
      description =
          "How long one set of keys lives, 15m to 12h and not longer than the role's own limit. Longer uploads get new keys on the way.")
  private Duration sessionDuration = Duration.ofHours(1);

  @Metadata(
      defaultValue = "true",
      description =
          "Whether each session is restricted to the one object that its run writes. Switch it off for access point aliases, and for STS servers that know no session policies.")
  private boolean sessionPolicy = true;

  @Metadata(
      displayName = "Region",
      required = true,
      description = "The bucket's region, like us-west-2.")
  private String region;

  @Metadata(
      displayName = "Bucket",
      description =
          "The bucket that jobs of this role write to, unless they name another. It is never created.")
  private String bucket;

  @Metadata(
      description =
          "The id of the AWS account that has to own the bucket, so that nothing lands with anybody else; a job may name another.")
  private String expectedBucketOwner;

  @Metadata(description = "The region of the STS; without it the bucket's.")
  private String stsRegion;

  @Metadata(description = "The URL of another STS than AWS's own.")
  private String stsEndpoint;

  @Metadata(
      secret = true,
      description =
          "The access key id that assumes the role. Without it the SDK's default chain finds one: environment, profile, container, instance.")
  private String accessKey;

  @Metadata(secret = true, description = "The secret of the access key.")
  private String secretKey;

  @Metadata(secret = true, description = "The token that belongs to a temporary access key.")
  private String sessionToken;

  @Metadata(description = "The profile of the AWS configuration files that assumes the role.")
  private String profile;

  @Metadata(
      description =
          "A client that the host application has made, credentials, endpoint and all, as #bean:name. It is not closed here.")
  private StsClient stsClient;

  @Metadata(description = "The URL of another S3 server than AWS's own.")
  private String s3Endpoint;

  @Metadata(
      defaultValue = "false",
      description = "Whether the bucket stands in the path of a URL rather than in the host.")
  private boolean pathStyle;

  @Metadata(
      defaultValue = "whenSupported",
      enums = "whenSupported,whenRequired",
      description =
          "Whether each request carries a checksum wherever S3 takes one, or only where it must.")
  private ChecksumMode checksums = ChecksumMode.WHEN_SUPPORTED;

  @Metadata(
      defaultValue = "true",
      description =
          "Whether a body sent without TLS is signed in chunks. Off for servers that do not know aws-chunked.")
  private boolean chunkedEncoding = true;

  @Override
  public List<String> problems() {
    return new RoleCheck(this).problems();
  }

  @Override
  public List<Set<String>> groups() {
    return List.of(
        Set.of("encryptionMethod", "encryptionKey"),
        Set.of("metadata"),
        Set.of("tags"),
        Set.of("expectedBucketOwner"));
  }

  @Override
  public List<String> problems(CamelContext context, Map<String, String> parameters) {
    return new ObjectOptionsCheck(ObjectOptions.of(context, parameters), this, context).problems();
  }

  /**
   * A session that may write this object only, unless {@code sessionPolicy} is off. Nothing is
   * contacted until its credentials are asked for.
   *
   * @param runId becomes part of the session's name where it fits; may be null
   */
  RoleSession openSession(PutObjectRequest object, String runId) {
    String policy = sessionPolicy ? SessionPolicy.forObject(object, this) : null;
    return new RoleSession(this, sts, runId, policy);
  }

  /**
   * A session that may do this only, unless {@code sessionPolicy} is off.
   *
   * @param policy as JSON
   */
  RoleSession openSession(String policy) {
    return new RoleSession(this, sts, null, sessionPolicy ? policy : null);
  }

  /** A session with all that the role may do. */
  RoleSession openSession() {
    return new RoleSession(this, sts, null, null);
  }

  /**
   * The client of this role, made at first use; without further ado it has the role's own session.
   */
  S3Client s3Client() {
    return s3.client();
  }

  /** The same, but for what a job repeats as a whole: it repeats nothing itself. */
  S3Client s3ClientOnce() {
    return s3.once();
  }

  /** Who assumes this role, as the STS knows it. */
  String callerArn() {
    return sts.client().getCallerIdentity().arn();
  }

  /** The STS as this process calls it, with its own keys; the same client for each caller. */
  StsClient stsOfCaller() {
    return sts.client();
  }

  /** Breaks off the request to S3 or STS that this thread makes at the moment. */
  void abortRequest(Thread thread) {
    s3.abort(thread);
    sts.abort(thread);
  }

  /** Closes the connections to S3 and STS. A role that was closed can no longer be assumed. */
  @Override
  public void close() {
    s3.close();
    sts.close();
  }

  /** The partition of the role: {@code aws}, {@code aws-cn}, {@code aws-us-gov}. */
  String getPartition() {
    return roleArn.split(":", 3)[1];
  }

  public String getRoleArn() {
    return roleArn;
  }

  /** The role to assume, like {@code arn:aws:iam::123456789012:role/domo-writeback}. Required. */
  public void setRoleArn(String roleArn) {
    this.roleArn = roleArn;
  }

  public String getExternalId() {
    return externalId;
  }

  /** The external id that the role's trust policy asks for; sent with every AssumeRole. */
  public void setExternalId(String externalId) {
    this.externalId = unlessBlank(externalId);
  }

  public String getRoleSessionName() {
    return roleSessionName;
  }

  /**
   * The session's name in CloudTrail: 2 to 64 letters, digits and {@code _+=,.@-}. The run's id is
   * added where both fit into 64. Required.
   */
  public void setRoleSessionName(String roleSessionName) {
    this.roleSessionName = roleSessionName;
  }

  public Duration getSessionDuration() {
    return sessionDuration;
  }

  /**
   * How long one set of keys lives: 15 minutes to 12 hours, not longer than the role's own limit.
   * Longer uploads get new keys on the way. Default: 1 hour.
   */
  public void setSessionDuration(Duration sessionDuration) {
    this.sessionDuration = sessionDuration;
  }

  public boolean isSessionPolicy() {
    return sessionPolicy;
  }

  /**
   * Whether each session is restricted to the one object that its run writes. Default: true. Switch
   * it off for access point aliases, and for STS servers that know no session policies.
   */
  public void setSessionPolicy(boolean sessionPolicy) {
    this.sessionPolicy = sessionPolicy;
  }

  public String getRegion() {
    return region;
  }

  /** The bucket's region, like {@code us-west-2}. Required. */
  public void setRegion(String region) {
    this.region = region;
  }

  @Override
  public String getBucket() {
    return bucket;
  }

  /** The bucket that jobs of this role write to, unless they name another. Never created. */
  public void setBucket(String bucket) {
    this.bucket = unlessBlank(bucket);
  }

  public String getExpectedBucketOwner() {
    return expectedBucketOwner;
  }

  /**
   * The account that owns the bucket, 12 digits: S3 refuses where another does. Default: any; a job
   * may say its own.
   */
  public void setExpectedBucketOwner(String expectedBucketOwner) {
    this.expectedBucketOwner = unlessBlank(expectedBucketOwner);
  }

  public String getStsRegion() {
    return stsRegion == null ? region : stsRegion;
  }

  /** The region of the STS. Default: the bucket's. */
  public void setStsRegion(String stsRegion) {
    this.stsRegion = unlessBlank(stsRegion);
  }

  public String getStsEndpoint() {
    return stsEndpoint;
  }

  /** The URL of another STS than AWS's own. */
  public void setStsEndpoint(String stsEndpoint) {
    this.stsEndpoint = unlessBlank(stsEndpoint);
  }

  public String getAccessKey() {
    return accessKey;
  }

  /**
   * The access key id that assumes the role. Default: the SDK's default chain (environment,
   * profile, container, instance).
   */
  public void setAccessKey(String accessKey) {
    this.accessKey = unlessBlank(accessKey);
  }

  public String getSecretKey() {
    return secretKey;
  }

  /** The secret of {@code accessKey}. Secret: give it by reference, like {@code {{env:NAME}}}. */
  public void setSecretKey(String secretKey) {
    this.secretKey = unlessBlank(secretKey);
  }

  public String getSessionToken() {
    return sessionToken;
  }

  /** The token that belongs to a temporary {@code accessKey}. Secret. */
  public void setSessionToken(String sessionToken) {
    this.sessionToken = unlessBlank(sessionToken);
  }

  public String getProfile() {
    return profile;
  }

  /** The profile of the AWS configuration files that assumes the role. */
  public void setProfile(String profile) {
    this.profile = unlessBlank(profile);
  }

  public StsClient getStsClient() {
    return stsClient;
  }

  /** A client that the host has made, credentials, endpoint and all. It is not closed here. */
  public void setStsClient(StsClient stsClient) {
    this.stsClient = stsClient;
  }

  public String getS3Endpoint() {
    return s3Endpoint;
  }

  /** The URL of another S3 server than AWS's own. */
  public void setS3Endpoint(String s3Endpoint) {
    this.s3Endpoint = unlessBlank(s3Endpoint);
  }

  public boolean isPathStyle() {
    return pathStyle;
  }

  /** Whether the bucket stands in the path of a URL rather than in the host. Default: false. */
  public void setPathStyle(boolean pathStyle) {
    this.pathStyle = pathStyle;
  }

  public ChecksumMode getChecksums() {
    return checksums;
  }

  /** {@code whenSupported} (default) or {@code whenRequired}. */
  public void setChecksums(ChecksumMode checksums) {
    this.checksums = checksums;
  }

  public boolean isChunkedEncoding() {
    return chunkedEncoding;
  }

  /**
   * Whether a body sent without TLS is signed in chunks. Default: true. Off for servers that do not
   * know {@code aws-chunked}.
   */
  public void setChunkedEncoding(boolean chunkedEncoding) {
    this.chunkedEncoding = chunkedEncoding;
  }

  private static String unlessBlank(String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** The role without its secrets. */
  @Override
  public String toString() {
    return "AssumedRole[roleArn="
        + roleArn
        + ", externalId="
        + Masked.text(externalId)
        + ", roleSessionName="
        + roleSessionName
        + ", region="
        + region
        + ", bucket="
        + bucket
        + ", accessKey="
        + Masked.text(accessKey)
        + ", secretKey="
        + Masked.secret(secretKey)
        + ", sessionToken="
        + Masked.secret(sessionToken)
        + ", profile="
        + profile
        + "]";
  }
}
