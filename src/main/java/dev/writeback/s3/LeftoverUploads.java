package dev.writeback.s3;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The multipart uploads that earlier attempts of a run, or a process that was killed, have left on
 * its key: they cost money until they are aborted.
 */
final class LeftoverUploads {

  private LeftoverUploads() {}

  /** Aborts them by their ids. One that cannot be aborted is noted, and stays with the run. */
  static void abort(S3Client s3, PutObjectRequest object, RunContext run) {
    MultipartRequests requests = new MultipartRequests(object);
    for (String uploadId : run.openUploads()) {
      try {
        abort(s3, requests, uploadId);
        run.uploadEnded(uploadId);
      } catch (SdkException | RunException refused) {
        run.notes()
            .add(
                "the multipart upload "
                    + uploadId
                    + " of an earlier attempt could not be aborted ("
                    + words(refused)
                    + ")");
      }
    }
  }

  /** Takes an upload's parts off the server; one that is no more is as good as aborted. */
  static void abort(S3Client s3, MultipartRequests requests, String uploadId) {
    try {
      s3.abortMultipartUpload(requests.abort(uploadId));
    } catch (NoSuchUploadException gone) {
      return;
    } catch (AwsServiceException refused) {
      if (!AwsReply.of(refused).code().equals("NoSuchUpload")) {
        throw refused;
      }
    }
  }

  private static String words(RuntimeException refused) {
    return refused instanceof AwsServiceException answer
        ? AwsReply.of(answer).toString()
        : String.valueOf(refused.getMessage());
  }
}
