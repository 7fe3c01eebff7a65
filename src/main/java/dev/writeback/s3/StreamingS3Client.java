package dev.writeback.s3;

import dev.writeback.run.RunException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * The client behind Camel's own {@code aws2-s3} producer. Its {@code putObject} takes a live stream
 * of unknown length and hands it to {@link StreamingUploads}; other operations go to S3 as they
 * are, as the role. {@code headBucket} is answered here, so that nothing is contacted when a route
 * starts. Thread-safe.
 *
 * <p>It has no settings of its own: to set a bean's properties, or to call it, Camel looks at each
 * method of its class, and those of an S3 client name thousands of other classes.
 */
public final class StreamingS3Client extends DelegatingS3Client {

  private final StreamingUploads uploads;

  /**
   * @param uploads whose role is this client's; they are closed by whoever has made them
   * @throws RunException if they have no role
   */
  public StreamingS3Client(StreamingUploads uploads) {
    super(uploads.getRole().s3Client());
    this.uploads = uploads;
  }

  /**
   * Writes an object. A stream that fails leaves none; neither does one of another length than was
   * declared (0 declares nothing).
   *
   * @throws RunException if the object is not there, or nobody can tell
   */
  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody requestBody) {
    return uploads.put(request, requestBody);
  }

  /** Says yes, and contacts nobody. */
  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    return HeadBucketResponse.builder().bucketRegion(uploads.getRole().getRegion()).build();
  }

  /** Does nothing: the connections are the role's. */
  @Override
  public void close() {
    // See above.
  }
}
