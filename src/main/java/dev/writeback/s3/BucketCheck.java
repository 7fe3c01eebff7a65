package dev.writeback.s3;

import dev.writeback.run.CheckResult;
import dev.writeback.run.Checklist;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Looks whether a role may write a job's objects: by an upload that is aborted, of a key as the job
 * has them, and by a small object that is taken away again where the role may do that. For one
 * thread.
 */
public final class BucketCheck {

  /** In the order in which they are done. */
  private static final String[] STEPS = {"bucket", "upload", "encryption", "PutObject"};

  private static final String REGION = "x-amz-bucket-region";
  private static final int ID_LENGTH = 8;

  private final AssumedRole role;
  private final Checklist steps;
  private final String id = "check-" + UUID.randomUUID().toString().substring(0, ID_LENGTH);
  private final boolean put;
  private final Supplier<PutObjectRequest> asked;
  private final List<String> pieces;
  private PutObjectRequest object;
  private CreateMultipartUploadResponse opened;

  /**
   * @param job the id of its route
   * @param parameters of its Kamelet, defaults included
   * @param pieces of its keys: literal ones, and any text between them
   * @param put whether an object may be put
   */
  public BucketCheck(
      CamelContext context,
      AssumedRole role,
      String job,
      Map<String, String> parameters,
      List<String> pieces,
      boolean put,
      Checklist steps) {
    this.role = role;
    this.pieces = List.copyOf(pieces);
    this.put = put;
    this.steps = steps;
    this.asked =
        () ->
            ObjectOptions.of(context, parameters)
                .on(
                    PutObjectRequest.builder()
                        .bucket(new RolePolicies(role).bucket(parameters))
                        .key(String.join(id, this.pieces))
                        .ifNoneMatch(StreamingUploads.ANY_OBJECT)
                        .metadata(Map.of(RunMetadata.JOB, job))
                        .build(),
                    role,
                    context);
  }

  /**
   * @param opens whether the role can be assumed
   */
  public void tell(boolean opens) {
    if (!opens) {
      steps.skip("needs the role", STEPS);
      return;
    }
    steps.step(STEPS[0], this::bucket);
    if (steps.step(STEPS[1], this::upload)) {
      steps.step(STEPS[2], this::encryption);
    } else {
      steps.skip("needs the upload", STEPS[2]);
    }
    if (put) {
      steps.step(STEPS[3], this::put);
    } else {
      steps.skip("--no-put", STEPS[3]);
    }
  }

  private CheckResult bucket() {
    object = asked.get();
    try (RoleSession session = session()) {
      HeadBucketResponse answer =
          role.s3Client()
              .headBucket(
                  head ->
                      head.bucket(object.bucket())
                          .expectedBucketOwner(object.expectedBucketOwner())
                          .overrideConfiguration(by -> by.credentialsProvider(session)));
      return inRegion(Optional.ofNullable(answer.bucketRegion()), "");
    } catch (AwsServiceException refused) {
      Optional<String> region = AwsReply.header(refused.awsErrorDetails(), REGION);
      boolean elsewhere = region.isPresent() && !region.get().equals(role.getRegion());
      if (elsewhere || refused.statusCode() == 403) {
        return inRegion(region, "; it may not be listed, which no run needs");
      }
      throw UploadFailure.of(refused, role, object, false, null);
    } catch (SdkException silent) {
      throw UploadFailure.of(silent, role, object, false, null);
    }
  }

  private CheckResult inRegion(Optional<String> region, String more) {
    String found =
        object.bucket() + region.map(name -> " in " + name).orElse(", its region is not told");
    return region.isEmpty() || region.get().equals(role.getRegion())
        ? CheckResult.ok(found + more)
        : CheckResult.failed(
            Outcome.CONFIGURATION, found, "set the role's region, which is " + role.getRegion());
  }

  /** It takes all that a run's upload takes, and leaves nothing. */
  private CheckResult upload() {
    object = asked.get();
    try (RoleSession session = session()) {
      MultipartRequests requests = new MultipartRequests(ProbeObject.as(object, session));
      opened = role.s3Client().createMultipartUpload(requests.create());
      return abort(requests);
    } catch (SdkException refused) {
      throw UploadFailure.of(refused, role, object, false, null);
    }
  }

  private CheckResult abort(MultipartRequests requests) {
    String found = "may be begun as " + S3Uri.of(object);
    try {
      LeftoverUploads.abort(role.s3Client(), requests, opened.uploadId());
      return CheckResult.ok(found + ", and aborted");
    } catch (AwsServiceException refused) {
      return CheckResult.warn(
          found
              + ", and not aborted ("
              + AwsReply.of(refused)
              + "): upload "
              + opened.uploadId()
              + " is open",
          "allow s3:AbortMultipartUpload, as policy JOB prints it; what failed runs leave would"
              + " cost money");
    }
  }

  private CheckResult encryption() {
    EncryptionProof.check(object, opened);
    String method =
        opened.sseCustomerAlgorithm() == null
            ? Objects.toString(opened.serverSideEncryptionAsString(), "none that S3 tells of")
            : "sse-c, " + opened.sseCustomerAlgorithm();
    String key = opened.ssekmsKeyId() == null ? "" : " by " + opened.ssekmsKeyId();
    return CheckResult.ok(
        method + key + (EncryptionProof.isNeeded(object) ? ", as asked" : ", the bucket's own"));
  }

  private CheckResult put() {
    return new ProbeObject(role, object.toBuilder().key(probeKey()).build())
        .put(() -> opened != null && pieces.size() == 1);
  }

  /** Beside a name that is the same for all runs, so that no run finds its own name taken. */
  private String probeKey() {
    String key = object.key();
    int name = key.lastIndexOf('/') + 1;
    return pieces.size() > 1 ? key : key.substring(0, name) + id + "-" + key.substring(name);
  }

  private RoleSession session() {
    return role.openSession(SessionPolicy.forProbe(object, role));
  }
}
