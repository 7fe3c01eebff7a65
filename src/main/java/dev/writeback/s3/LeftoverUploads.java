package dev.writeback.s3;

import dev.writeback.run.LeftUpload;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.util.List;
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

  /**
   * Aborts them by their ids: the run's own with the keys of the request, those of earlier runs
   * with keys for theirs. One that cannot be aborted is noted, and stays known to the ledger.
   */
  static void abort(AssumedRole role, PutObjectRequest object, RunContext run) {
    MultipartRequests requests = new MultipartRequests(object);
    for (String uploadId : run.uploads().open()) {
      noting(
          run,
          "the multipart upload " + uploadId + " of an earlier attempt",
          () -> {
            abort(role.s3Client(), requests, uploadId);
            run.uploads().ended(uploadId);
          });
    }
    for (LeftUpload left : run.uploads().left()) {
      noting(
          run,
          "the multipart upload " + left.id() + " of an earlier run, of " + left.key() + ",",
          () -> {
            new JobUploads(role, left.bucket(), List.of(left.key())).abort(left.id(), left.key());
            left.aborted().run();
          });
    }
  }

  private static void noting(RunContext run, String what, Runnable abort) {
    try {
      abort.run();
    } catch (SdkException | RunException refused) {
      run.notes().add(what + " could not be aborted (" + words(refused) + ")");
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
