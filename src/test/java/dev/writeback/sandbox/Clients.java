package dev.writeback.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Real clients of the sandbox: the JDK's for Domo, AWS's for STS and S3. */
public final class Clients {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Clients() {}

  static String token(Sandbox sandbox) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            tokenRequest(sandbox, "/oauth/token?grant_type=client_credentials&scope=data%20user")
                .build(),
            BodyHandlers.ofString());
    return Reply.JSON.readTree(answer.body()).get("access_token").textValue();
  }

  static HttpRequest.Builder tokenRequest(Sandbox sandbox, String path) {
    String basic = Sandbox.CLIENT_ID + ":" + Sandbox.CLIENT_SECRET;
    String encoded = Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(sandbox.domoUrl().resolve(path))
        .header("Authorization", "Basic " + encoded);
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  static HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** The live body; closing it gives up what was not read. */
  static InputStream open(HttpRequest request) throws IOException, InterruptedException {
    return HTTP.send(request, BodyHandlers.ofInputStream()).body();
  }

  static HttpResponse<String> get(Sandbox sandbox, String token, String path)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(sandbox.domoUrl() + path))
            .header("Authorization", "bearer " + token)
            .header("Accept", path.contains("/data") ? "text/csv" : "application/json"));
  }

  static HttpResponse<String> query(Sandbox sandbox, String token, String dataSet, String sql)
      throws IOException, InterruptedException {
    String body = Reply.JSON.createObjectNode().put("sql", sql).toString();
    return send(
        HttpRequest.newBuilder(sandbox.domoUrl().resolve("/v1/datasets/query/execute/" + dataSet))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static StsClient sts(Sandbox sandbox, String accessKeyId, String secretAccessKey) {
    return StsClient.builder()
        .endpointOverride(sandbox.stsUrl())
        .region(Region.of(Sandbox.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
        .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  static StsClient sts(Sandbox sandbox) {
    return sts(sandbox, Sandbox.ACCESS_KEY_ID, Sandbox.SECRET_ACCESS_KEY);
  }

  static AssumeRoleRequest.Builder assumeRole() {
    return AssumeRoleRequest.builder()
        .roleArn(Sandbox.ROLE_ARN)
        .externalId(Sandbox.EXTERNAL_ID)
        .roleSessionName("test");
  }

  static AwsSessionCredentials session(Sandbox sandbox) {
    return session(sandbox, null);
  }

  static AwsSessionCredentials session(Sandbox sandbox, String policy) {
    try (StsClient sts = sts(sandbox)) {
      Credentials keys = sts.assumeRole(assumeRole().policy(policy).build()).credentials();
      return AwsSessionCredentials.create(
          keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    }
  }

  /** Puts an object into the sandbox's bucket, as somebody else than the program. */
  public static void put(Sandbox sandbox, String key, String text) {
    try (S3Client s3 = s3(sandbox, session(sandbox))) {
      s3.putObject(put -> put.bucket(Sandbox.BUCKET).key(key), RequestBody.fromString(text));
    }
  }

  /** A client that tries everything once, so that what the sandbox said is what is seen. */
  static S3Client s3(Sandbox sandbox, AwsCredentials credentials) {
    return s3(sandbox, credentials, Sandbox.REGION);
  }

  static S3Client s3(Sandbox sandbox, AwsCredentials credentials, String region) {
    return S3Client.builder()
        .endpointOverride(sandbox.s3Url())
        .region(Region.of(region))
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }
}
