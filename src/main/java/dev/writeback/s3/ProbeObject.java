package dev.writeback.s3;

import dev.writeback.run.CheckResult;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A small object that shows whether a role may put one; it is taken away again, or told of. */
final class ProbeObject {

  private static final String TEXT = "This is a probe of domo-s3-writeback check.\n";

  private final AssumedRole role;
  private final PutObjectRequest object;

  /**
   * @param object as it is asked for, on the condition that there is none of its name
   */
  ProbeObject(AssumedRole role, PutObjectRequest object) {
    this.role = role;
    this.object = object;
  }

  /**
   * @param mayBeAlone whether the role may be allowed to write another key than the probe's alone
   */
  CheckResult put(BooleanSupplier mayBeAlone) {
    try (RoleSession session = role.openSession(SessionPolicy.forProbe(object, role))) {
      role.s3Client().putObject(withChecksum(as(object, session)), RequestBody.fromString(TEXT));
      return takeAway(session);
    } catch (SdkException e) {
      if (e instanceof AwsServiceException refused
          && refused.statusCode() == 403
          && mayBeAlone.getAsBoolean()) {
        return CheckResult.skipped("the role may not write beside the job's one key");
      }
      throw UploadFailure.of(e, role, object, false, null);
    }
  }

  /** As a run sends it. */
  private PutObjectRequest withChecksum(PutObjectRequest asked) {
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    return LeadingChecksum.of(asked, role)
        .tell(asked.toBuilder(), reader -> reader.accept(text, text.length))
        .build();
  }

  private CheckResult takeAway(RoleSession session) {
    String found = "may be put as " + S3Uri.of(object);
    try {
      role.s3Client()
          .deleteObject(
              delete ->
                  delete
                      .bucket(object.bucket())
                      .key(object.key())
                      .expectedBucketOwner(object.expectedBucketOwner())
                      .overrideConfiguration(by -> by.credentialsProvider(session)));
      return CheckResult.ok(found + ", and was deleted");
    } catch (SdkException refused) {
      return CheckResult.warn(
          found + ", and STAYS THERE: it could not be deleted (" + words(refused) + ")",
          "no run needs to delete, so the role is right; delete it yourself: aws s3 rm "
              + S3Uri.of(object)
              + ", and use --no-put from now on");
    }
  }

  private static String words(SdkException e) {
    return e instanceof AwsServiceException refused
        ? AwsReply.of(refused).toString()
        : e.getMessage();
  }

  /** The request in this session. */
  static PutObjectRequest as(PutObjectRequest request, RoleSession session) {
    return request.toBuilder().overrideConfiguration(by -> by.credentialsProvider(session)).build();
  }
}
