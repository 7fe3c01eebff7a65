package dev.writeback.s3;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunMetadata;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What stands under a key once S3 has not said, or not plainly, that it has made the object.
 *
 * @param head of the object that is there, or null
 * @param refusal why it could not be read, in S3's words; only where nobody can tell
 */
record ObjectFound(State state, HeadObjectResponse head, String refusal) {

  /** Whose it is. */
  enum State {
    /** This run's: job, slot and run id say so. */
    OWN,
    /** Another's. */
    FOREIGN,
    /** There is no object. */
    NONE,
    /** It may not be read. S3 also refuses where there is none, to who may not list the bucket. */
    UNKNOWN
  }

  private static final Set<String> OWNER =
      Set.of(RunMetadata.JOB, RunMetadata.SLOT, RunMetadata.RUN_ID);

  /** Looks, once. */
  static ObjectFound at(S3Client s3, PutObjectRequest wanted) {
    try {
      HeadObjectResponse head =
          s3.headObject(
              builder ->
                  builder
                      .bucket(wanted.bucket())
                      .key(wanted.key())
                      .expectedBucketOwner(wanted.expectedBucketOwner())
                      .sseCustomerAlgorithm(wanted.sseCustomerAlgorithm())
                      .sseCustomerKey(wanted.sseCustomerKey())
                      .sseCustomerKeyMD5(wanted.sseCustomerKeyMD5())
                      .overrideConfiguration(wanted.overrideConfiguration().orElse(null)));
      State state = isOwn(wanted.metadata(), head.metadata()) ? State.OWN : State.FOREIGN;
      return new ObjectFound(state, head, null);
    } catch (AwsServiceException refused) {
      return refused.statusCode() == 404
          ? new ObjectFound(State.NONE, null, null)
          : new ObjectFound(State.UNKNOWN, null, AwsReply.of(refused).toString());
    } catch (SdkException | RunException notAnswered) {
      return new ObjectFound(State.UNKNOWN, null, String.valueOf(notAnswered.getMessage()));
    }
  }

  /**
   * Looks for the object of a run, once, with a session of the role for that alone.
   *
   * @param parameters of the job's Kamelet, defaults included
   * @param run that knows its bucket and key
   */
  static ObjectFound ofRun(
      CamelContext context, AssumedRole role, Map<String, String> parameters, RunContext run) {
    PutObjectRequest plain =
        PutObjectRequest.builder()
            .bucket(run.getBucket())
            .key(run.getKey())
            .metadata(run.metadata())
            .build();
    PutObjectRequest wanted = ObjectOptions.of(context, parameters).on(plain, role, context);
    try (RoleSession session = role.openSession(SessionPolicy.forLook(wanted, role))) {
      return at(
          role.s3Client(),
          wanted.toBuilder()
              .overrideConfiguration(override -> override.credentialsProvider(session))
              .build());
    }
  }

  private static boolean isOwn(Map<String, String> wanted, Map<String, String> found) {
    return OWNER.stream()
        .allMatch(name -> wanted.containsKey(name) && wanted.get(name).equals(found.get(name)));
  }

  boolean is(State wanted) {
    return state == wanted;
  }

  /** As the answer that was lost would have told it. */
  PutObjectResponse asAnswer() {
    return PutObjectResponse.builder()
        .eTag(head.eTag())
        .versionId(head.versionId())
        .serverSideEncryption(head.serverSideEncryptionAsString())
        .ssekmsKeyId(head.ssekmsKeyId())
        .build();
  }

  /** {@code (ETag "...", of ...)}, or nothing where it could not be read. */
  String told() {
    return head == null ? "" : " (ETag " + head.eTag() + ", of " + head.lastModified() + ")";
  }
}
