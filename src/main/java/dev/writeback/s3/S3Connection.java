package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A role's client of S3, made at first use. All jobs of the role share its connections. */
final class S3Connection implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Far above what any buffer budget can keep busy: a part must not wait for a connection. */
  private static final int CONNECTIONS = 1_000;

  private final AssumedRole role;
  private RoleSession ownSession;
  private AbortableHttpClient http;
  private S3Client client;
  private S3Client once;
  private boolean closed;

  S3Connection(AssumedRole role) {
    this.role = role;
  }

  /** Repeats a call that fails, as the SDK does: for parts, aborts, and calls of other routes. */
  synchronized S3Client client() {
    open();
    return client;
  }

  /** Repeats nothing: for what a job repeats from the fetch. */
  synchronized S3Client once() {
    open();
    return once;
  }

  private void open() {
    if (closed) {
      throw new RunException(
          Outcome.UNEXPECTED,
          false,
          "S3 is no longer reached as " + role.getRoleArn() + ": closed");
    }
    if (client == null) {
      ownSession = role.openSession();
      http =
          new AbortableHttpClient(
              ApacheHttpClient.builder()
                  .connectionTimeout(CONNECT)
                  .socketTimeout(SILENCE)
                  .maxConnections(CONNECTIONS)
                  .tcpKeepAlive(true)
                  .build());
      client = build(AwsRetryStrategy.standardRetryStrategy());
      once = build(AwsRetryStrategy.doNotRetry());
    }
  }

  private S3Client build(RetryStrategy retries) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(role.getRegion()))
            .httpClient(http)
            .credentialsProvider(ownSession)
            .overrideConfiguration(override -> override.retryStrategy(retries))
            .requestChecksumCalculation(role.getChecksums().calculation())
            .responseChecksumValidation(role.getChecksums().validation())
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(role.isChunkedEncoding()))
            .forcePathStyle(role.isPathStyle());
    if (role.getS3Endpoint() != null) {
      builder.endpointOverride(URI.create(role.getS3Endpoint()));
    }
    return builder.build();
  }

  synchronized void abort(Thread thread) {
    if (http != null) {
      http.abort(thread);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
      once.close();
      http.close();
      ownSession.close();
    }
  }
}
