package dev.writeback.s3;

import dev.writeback.run.RunException;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A multipart upload on the server. Parts may be sent by many threads; all else by one. */
final class MultipartUpload {

  private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);

  private final S3Client s3;
  private final S3Client once;
  private final PutObjectRequest object;
  private final RunHold hold;
  private final MultipartRequests requests;
  private final String id;
  private volatile boolean aborted;
  private final Set<CompletedPart> completed =
      new ConcurrentSkipListSet<>(Comparator.comparing(CompletedPart::partNumber));

  private MultipartUpload(
      S3Client s3,
      S3Client once,
      PutObjectRequest object,
      RunHold hold,
      MultipartRequests requests,
      String id) {
    this.s3 = s3;
    this.once = once;
    this.object = object;
    this.hold = hold;
    this.requests = requests;
    this.id = id;
  }

  /**
   * Begins an upload, which S3 has promised to encrypt as it was asked to.
   *
   * @param s3 repeats what fails: a part that only it can send again, an abort that nobody else
   *     repeats
   * @param once repeats nothing
   * @throws RunException if S3 promises nothing; then the upload is aborted
   */
  static MultipartUpload begin(S3Client s3, S3Client once, PutObjectRequest object, RunHold hold) {
    MultipartRequests requests = new MultipartRequests(object);
    CreateMultipartUploadResponse answer = once.createMultipartUpload(requests.create());
    MultipartUpload upload =
        new MultipartUpload(s3, once, object, hold, requests, answer.uploadId());
    hold.uploadOpened(upload.id);
    try {
      EncryptionProof.check(object, answer);
    } catch (RunException notEncrypted) {
      upload.abort(notEncrypted);
      throw notEncrypted;
    }
    return upload;
  }

  void send(Part part, LeadingChecksum checksum, RequestBody content) {
    completed.add(
        MultipartRequests.completed(
            part.number(), s3.uploadPart(requests.part(id, part, checksum), content)));
  }

  /** Makes the parts an object, and tells of it as PutObject would. */
  PutObjectResponse complete() {
    CompleteMultipartUploadResponse response =
        once.completeMultipartUpload(requests.complete(id, completed));
    hold.uploadEnded(id);
    return PutObjectResponse.builder()
        .eTag(response.eTag())
        .versionId(response.versionId())
        .serverSideEncryption(response.serverSideEncryptionAsString())
        .ssekmsKeyId(response.ssekmsKeyId())
        .bucketKeyEnabled(response.bucketKeyEnabled())
        .expiration(response.expiration())
        .build();
  }

  /** Whether the upload could not be aborted, so that a late completion would find it. */
  boolean mayBeOpen() {
    return !aborted;
  }

  /**
   * Takes everything off the server again. Where that fails it is said in the log, and beside the
   * failure that led to it.
   */
  void abort(Throwable because) {
    try {
      LeftoverUploads.abort(s3, requests, id);
      aborted = true;
      hold.uploadEnded(id);
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
