package dev.writeback.s3;

import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Where an object is to be, as messages say it. */
final class S3Uri {

  private S3Uri() {}

  /** {@code s3://bucket/key}. */
  static String of(PutObjectRequest object) {
    return "s3://" + object.bucket() + "/" + object.key();
  }
}
