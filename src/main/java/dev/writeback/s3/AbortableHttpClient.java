package dev.writeback.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client whose requests can be broken off: each by naming the thread that makes it. An
 * interrupt alone does not wake a thread that writes to, or waits for, a server that has gone
 * silent; without an interrupt before it, the SDK makes the request that was broken off again.
 */
final class AbortableHttpClient implements SdkHttpClient {

  private final SdkHttpClient delegate;
  private final Map<Thread, ExecutableHttpRequest> underWay = new ConcurrentHashMap<>();

  AbortableHttpClient(SdkHttpClient delegate) {
    this.delegate = delegate;
  }

  /** Closes the connection of the request that this thread makes at the moment, if any. */
  void abort(Thread thread) {
    ExecutableHttpRequest request = underWay.get(thread);
    if (request != null) {
      request.abort();
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = delegate.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        underWay.put(Thread.currentThread(), prepared);
        try {
          // Whoever has interrupted this thread before the line above has found nothing to abort.
          if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("Interrupted before the request was sent");
          }
          return prepared.call();
        } finally {
          underWay.remove(Thread.currentThread());
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return delegate.clientName();
  }

  @Override
  public void close() {
    delegate.close();
  }
}
