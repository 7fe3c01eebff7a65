package dev.writeback.s3;

import dev.writeback.run.RunException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The multipart uploads that stand open under the names of a job's objects, whoever began them: S3
 * tells neither job nor run of an upload. To list them takes {@code s3:ListBucketMultipartUploads},
 * which no run needs. Not thread-safe.
 */
public final class JobUploads {

  private static final String TAKES =
      "It takes s3:ListBucketMultipartUploads on the bucket and s3:AbortMultipartUpload on the job's"
          + " keys: policy JOB --uploads prints them";

  private final AssumedRole role;
  private final String bucket;
  private final List<String> keys;

  /**
   * @param keys of the job's objects: literal pieces, and any text between them
   */
  public JobUploads(AssumedRole role, String bucket, List<String> keys) {
    this.role = role;
    this.bucket = bucket;
    this.keys = List.copyOf(keys);
  }

  /**
   * All of them, by key.
   *
   * @throws RunException if S3 does not tell
   */
  public List<OpenUpload> list() {
    Pattern ofTheJob =
        Pattern.compile(
            keys.stream().map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    ListMultipartUploadsRequest.Builder request =
        ListMultipartUploadsRequest.builder()
            .bucket(bucket)
            .prefix(keys.get(0))
            .expectedBucketOwner(role.getExpectedBucketOwner());
    return with(
        "list the open uploads of s3://" + bucket + "/" + keys.get(0),
        override ->
            role
                .s3Client()
                .listMultipartUploadsPaginator(request.overrideConfiguration(override).build())
                .uploads()
                .stream()
                .filter(upload -> ofTheJob.matcher(upload.key()).matches())
                .map(JobUploads::told)
                .toList());
  }

  /**
   * Takes an upload's parts out of the bucket; one that is no more is as good as aborted.
   *
   * @throws RunException if S3 refuses
   */
  public void abort(OpenUpload upload) {
    abort(upload.id(), upload.key());
  }

  void abort(String id, String key) {
    with(
        "abort the upload " + id + " of s3://" + bucket + "/" + key,
        override -> {
          PutObjectRequest object =
              PutObjectRequest.builder()
                  .bucket(bucket)
                  .key(key)
                  .expectedBucketOwner(role.getExpectedBucketOwner())
                  .overrideConfiguration(override)
                  .build();
          LeftoverUploads.abort(role.s3Client(), new MultipartRequests(object), id);
          return id;
        });
  }

  private static OpenUpload told(MultipartUpload upload) {
    return new OpenUpload(upload.key(), upload.uploadId(), upload.initiated());
  }

  private <T> T with(String wanted, Function<AwsRequestOverrideConfiguration, T> call) {
    PutObjectRequest any = PutObjectRequest.builder().bucket(bucket).key("").build();
    return new RoleCall(role, SessionPolicy.forUploads(any, keys, role), wanted, TAKES).make(call);
  }
}
