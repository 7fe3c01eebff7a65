package dev.writeback.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.io.ReleasableInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What is to become an object: a stream, and how long its giver says it is. Camel's producer says 0
 * for a live stream, so that 0 means: not known.
 *
 * @param stream read once, by one thread
 * @param declared in bytes, 0 where nobody knows
 */
record Body(InputStream stream, long declared) {

  static Body of(PutObjectRequest request, RequestBody body) {
    long ofBody = body.optionalContentLength().orElse(0L);
    long declared = request.contentLength() == null ? ofBody : request.contentLength();
    return new Body(body.contentStreamProvider().newStream(), declared);
  }

  boolean isLive() {
    return declared <= 0;
  }

  /** Closes the stream, which cancels what feeds it. The SDK's wrapper ignores a plain close. */
  void release() {
    if (stream instanceof ReleasableInputStream wrapper) {
      wrapper.release();
      return;
    }
    try {
      stream.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
