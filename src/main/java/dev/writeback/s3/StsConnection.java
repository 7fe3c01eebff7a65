package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import org.apache.camel.component.aws.common.AwsClientBuilderUtil;
import org.apache.camel.component.aws2.sts.STS2Configuration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.sts.StsClient;

/** A role's client of the STS: made at first use by camel-aws2-sts, or given by the host. */
final class StsConnection implements AutoCloseable {

  private final AssumedRole role;
  private StsClient own;
  private AbortableHttpClient http;
  private boolean closed;

  StsConnection(AssumedRole role) {
    this.role = role;
  }

  synchronized StsClient client() {
    if (closed) {
      throw new RunException(
          Outcome.UNEXPECTED, false, role.getRoleArn() + " is no longer assumed: it was closed");
    }
    if (role.getStsClient() != null) {
      return role.getStsClient();
    }
    if (own == null) {
      http = new AbortableHttpClient(ApacheHttpClient.create());
      // As STS2ClientFactory does, which does not let the HTTP client be given.
      own =
          AwsClientBuilderUtil.buildClient(
              configuration(), StsClient::builder, builder -> builder.httpClient(http));
    }
    return own;
  }

  /** Does nothing to a client that the host has given. */
  synchronized void abort(Thread thread) {
    if (http != null) {
      http.abort(thread);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (own != null) {
      own.close();
      http.close();
    }
  }

  private STS2Configuration configuration() {
    STS2Configuration configuration = new CallerCredentials(role.getSessionToken());
    configuration.setRegion(role.getStsRegion());
    configuration.setAccessKey(role.getAccessKey());
    configuration.setSecretKey(role.getSecretKey());
    if (role.getProfile() != null) {
      configuration.setUseProfileCredentialsProvider(true);
      configuration.setProfileCredentialsName(role.getProfile());
    }
    if (role.getStsEndpoint() != null) {
      configuration.setOverrideEndpoint(true);
      configuration.setUriEndpointOverride(role.getStsEndpoint());
    }
    return configuration;
  }

  /** Camel's configuration says that an STS is never called with temporary keys; ours may be. */
  private static final class CallerCredentials extends STS2Configuration {

    private final String sessionToken;

    CallerCredentials(String sessionToken) {
      this.sessionToken = sessionToken;
    }

    @Override
    public String getSessionToken() {
      return sessionToken;
    }

    @Override
    public boolean isUseSessionCredentials() {
      return sessionToken != null;
    }
  }
}
