package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.Spec;
import dev.writeback.Spec.Case;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.run.RunMetadata;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;

class FailureTest {

  private static final PutObjectRequest OBJECT =
      PutObjectRequest.builder().bucket("landing").key("sales.csv").build();
  private static final AssumeRoleRequest ASSUME =
      AssumeRoleRequest.builder()
          .roleArn("arn:aws:iam::123456789012:role/landing")
          .roleSessionName("domo-writeback")
          .externalId("sandboxid")
          .build();

  @ParameterizedTest
  @MethodSource("s3Cases")
  void s3Answers(Case expected) {
    AwsServiceException answer = answer(S3Exception.builder(), expected);

    RunException told = UploadFailure.of(answer, role(), OBJECT, false, null);

    assertTold(told, expected);
    assertThat(told).hasMessageStartingWith("Cannot write s3://landing/sales.csv: ");
    assertThat(told.retryAfter().map(Duration::toSeconds).orElse(null))
        .isEqualTo(expected.has("retryAfter") ? 7L : null);
  }

  static Stream<Case> s3Cases() {
    return Spec.cases("s3-errors");
  }

  @ParameterizedTest
  @MethodSource("deniedCases")
  void whyAWriteIsDenied(Case expected) {
    PutObjectRequest.Builder object =
        OBJECT.toBuilder().metadata(Map.of(RunMetadata.JOB, "nightly"));
    SessionPolicyTest.with(object, expected.text("with", ""));
    AssumedRole role = role();
    if (expected.has("endpoint")) {
      role.setS3Endpoint(expected.text("endpoint"));
    }

    assertThat(new AccessDenied(expected.text("message"), role, object.build()).explained())
        .contains(expected.text("says"));
  }

  static Stream<Case> deniedCases() {
    return Spec.cases("access-denied");
  }

  @ParameterizedTest
  @MethodSource("stsCases")
  void stsAnswers(Case expected) {
    AwsServiceException answer = answer(StsException.builder(), expected);

    RunException told = AssumeRoleFailure.of(answer, role(), ASSUME);

    assertTold(told, expected);
    assertThat(told)
        .hasMessageStartingWith(
            "Cannot assume arn:aws:iam::123456789012:role/landing as domo-writeback: ")
        .hasMessageNotContaining("sandboxid");
  }

  static Stream<Case> stsCases() {
    return Spec.cases("sts-errors");
  }

  @Test
  void theObjectInTheWayIsNamedWhereItMayBeRead() {
    AwsServiceException exists = S3Exception.builder().statusCode(412).message("exists").build();

    HeadObjectResponse head =
        HeadObjectResponse.builder().eTag("\"1\"").lastModified(Instant.EPOCH).build();
    ObjectFound found = new ObjectFound(ObjectFound.State.FOREIGN, head, null);

    assertThat(UploadFailure.of(exists, role(), OBJECT, true, found))
        .hasMessageContaining(
            "exists already (ETag \"1\", of 1970-01-01T00:00:00Z), overwrite is off")
        .extracting(RunException::mayBeWritten)
        .isEqualTo(false);
  }

  @Test
  void aServerThatDoesNotAnswerIsWorthAnotherTry() {
    SdkClientException silent = SdkClientException.create("Connection refused");

    RunException s3 = UploadFailure.of(silent, role(), OBJECT, false, null);
    RunException sts = AssumeRoleFailure.of(silent, role(), ASSUME);

    assertThat(s3.isRetryable()).isTrue();
    assertThat(s3).hasMessageContaining("S3 in us-west-2 does not answer (Connection refused)");
    assertThat(sts.isRetryable()).isTrue();
    assertThat(sts).hasMessageContaining("the STS in us-west-2 does not answer");
  }

  @Test
  void aProcessWithoutKeysIsNotWorthAnotherTry() {
    RunException told =
        AssumeRoleFailure.of(
            SdkClientException.create(
                "Unable to load credentials from any of the providers in the chain"),
            role(),
            ASSUME);

    assertThat(told.outcome()).isEqualTo(Outcome.CREDENTIALS);
    assertThat(told.isRetryable()).isFalse();
  }

  @Test
  void ofAChainWithoutKeysIsToldWhatEachProviderSaid() {
    AwsCredentialsProvider empty =
        () -> {
          throw SdkClientException.create("nothing in it");
        };
    SdkClientException none =
        catchThrowableOfType(
            SdkClientException.class,
            AwsCredentialsProviderChain.of(
                    ProfileCredentialsProvider.create("nobody-has-it"), empty)
                ::resolveCredentials);

    assertThat(AssumeRoleFailure.of(none, role(), ASSUME))
        .hasMessageContaining("providers in the chain: [ProfileCredentialsProvider(")
        .hasMessageContaining(": nothing in it])")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("credentialsProviders=");
  }

  @Test
  void whatTheStreamToldStaysItself() {
    RunException ofDomo = new RunException(Outcome.DOMO, true, "Domo hung up");

    assertThat(UploadFailure.of(new IOException("pipe", ofDomo), role(), OBJECT, false, null))
        .isSameAs(ofDomo);
    assertThat(AssumeRoleFailure.of(ofDomo, role(), ASSUME)).isSameAs(ofDomo);
  }

  private static void assertTold(RunException told, Case expected) {
    assertThat(told.outcome()).isEqualTo(Outcome.valueOf(expected.text("outcome")));
    assertThat(told.isRetryable()).isEqualTo(expected.flag("retryable"));
    assertThat(told).hasMessageContaining(expected.text("says"));
  }

  private static AwsServiceException answer(AwsServiceException.Builder answer, Case expected) {
    int status = expected.number("status");
    SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
    if (expected.has("bucketRegion")) {
      response.putHeader("x-amz-bucket-region", expected.text("bucketRegion"));
    }
    if (expected.has("retryAfter")) {
      response.putHeader("Retry-After", expected.text("retryAfter"));
    }
    AwsErrorDetails.Builder details = AwsErrorDetails.builder().sdkHttpResponse(response.build());
    if (!expected.text("code").equals("none")) {
      details
          .errorCode(expected.text("code"))
          .errorMessage(expected.text("message", "as S3 words it"));
    }
    answer.statusCode(status).message("as the SDK words it");
    return answer.awsErrorDetails(details.build()).build();
  }

  private static AssumedRole role() {
    AssumedRole role = new AssumedRole();
    role.setRoleArn("arn:aws:iam::123456789012:role/landing");
    role.setRegion("us-west-2");
    return role;
  }
}
