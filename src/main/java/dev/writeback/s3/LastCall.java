package dev.writeback.s3;

import dev.writeback.run.RunException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The one call of an upload that makes the object: a PutObject, or the completion of a multipart
 * upload. S3 may have carried it out although no answer, or another one, came back.
 */
final class LastCall {

  private volatile boolean made;

  /** Makes the call. Where its keys cannot be had, none goes out. */
  <T> T make(Supplier<T> call) {
    made = true;
    try {
      return call.get();
    } catch (RuntimeException failed) {
      for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
        made &= !(cause instanceof RunException);
      }
      throw failed;
    }
  }

  /** Whether the object may be there although the upload has failed in this way. */
  boolean isOpen(Throwable failure) {
    if (!made || wasNeverSent(failure)) {
      return false;
    }
    return !(failure instanceof AwsServiceException refused) || isOpen(AwsReply.of(refused));
  }

  /**
   * A call that somebody on the way has repeated is refused for what its first copy has done: the
   * object is there (412), or the upload is no more (404). A server error may come after the deed;
   * a plea to slow down never does.
   */
  private static boolean isOpen(AwsReply reply) {
    return reply.status() == 412
        || reply.code().equals("NoSuchUpload")
        || reply.isServerTrouble() && !reply.isThrottling();
  }

  /** Whether nobody, or only somebody on the way, has said what S3 made of a call. */
  static boolean isUnanswered(Throwable failure) {
    return !(failure instanceof AwsServiceException answer)
        || answer.statusCode() == 502
        || answer.statusCode() == 504;
  }

  private static boolean wasNeverSent(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // Apache's ConnectTimeoutException is no ConnectException.
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException
          || cause.getClass().getSimpleName().equals("ConnectTimeoutException")) {
        return true;
      }
    }
    return false;
  }
}
