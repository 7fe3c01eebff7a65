package dev.writeback.s3;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A multipart upload on the server. Parts may be sent by many threads; all else by one. */
final class MultipartUpload {

  private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);

  private final S3Client s3;
  private final S3Client once;
  private final PutObjectRequest object;
  private final MultipartRequests requests;
  private final String id;
  private final Set<CompletedPart> completed =
      new ConcurrentSkipListSet<>(Comparator.comparing(CompletedPart::partNumber));

  /**
   * Begins the upload.
   *
   * @param s3 repeats what fails: a part that only it can send again, an abort that nobody else
   *     repeats
   * @param once repeats nothing
   */
  MultipartUpload(S3Client s3, S3Client once, PutObjectRequest object) {
    this.s3 = s3;
    this.once = once;
    this.object = object;
    this.requests = new MultipartRequests(object);
    this.id = once.createMultipartUpload(requests.create()).uploadId();
  }

  void send(Part part, RequestBody content) {
    completed.add(
        MultipartRequests.completed(
            part.number(), s3.uploadPart(requests.part(id, part), content)));
  }

  /** Makes the parts an object, and tells of it as PutObject would. */
  PutObjectResponse complete() {
    CompleteMultipartUploadResponse response =
        once.completeMultipartUpload(requests.complete(id, completed));
    return PutObjectResponse.builder()
        .eTag(response.eTag())
        .versionId(response.versionId())
        .serverSideEncryption(response.serverSideEncryptionAsString())
        .ssekmsKeyId(response.ssekmsKeyId())
        .bucketKeyEnabled(response.bucketKeyEnabled())
        .expiration(response.expiration())
        .build();
  }

  /**
   * Takes everything off the server again. Where that fails it is said in the log, and beside the
   * failure that led to it.
   */
  void abort(Throwable because) {
    try {
      s3.abortMultipartUpload(requests.abort(id));
    } catch (RuntimeException notAborted) {
      because.addSuppressed(notAborted);
      LOG.warn(
          "The multipart upload {} of {} could not be aborted and its parts may still be"
              + " there: {}",
          id,
          S3Uri.of(object),
          notAborted.getMessage());
    }
  }
}
