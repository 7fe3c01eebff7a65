package dev.writeback.s3;

import dev.writeback.run.RunException;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The folders of a bucket: what stands before a slash in its keys. To list them takes {@code
 * s3:ListBucket}, which no run needs.
 */
public final class BucketFolders {

  private static final String SLASH = "/";

  private final AssumedRole role;
  private final String bucket;

  public BucketFolders(AssumedRole role, String bucket) {
    this.role = role;
    this.bucket = bucket;
  }

  /**
   * Those that lie directly in one, each with its whole path and a slash at its end.
   *
   * @param folder with or without a slash at its end; empty for the bucket's root
   * @throws RunException if S3 does not tell
   */
  public List<String> in(String folder) {
    String prefix = folder.isEmpty() || folder.endsWith(SLASH) ? folder : folder + SLASH;
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(prefix)
            .delimiter(SLASH)
            .expectedBucketOwner(role.getExpectedBucketOwner());
    PutObjectRequest any = PutObjectRequest.builder().bucket(bucket).key("").build();
    return new RoleCall(
            role,
            SessionPolicy.forFolders(any, role),
            "list the folders of s3://" + bucket + SLASH + prefix,
            "It takes s3:ListBucket on the bucket: policy JOB --browse prints it")
        .make(
            override ->
                role
                    .s3Client()
                    .listObjectsV2Paginator(request.overrideConfiguration(override).build())
                    .commonPrefixes()
                    .stream()
                    .map(CommonPrefix::prefix)
                    .toList());
  }
}
