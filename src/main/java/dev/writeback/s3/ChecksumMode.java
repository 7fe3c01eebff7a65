package dev.writeback.s3;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;

/** When a checksum travels with what is sent to S3, and is checked in what comes back. */
public enum ChecksumMode {
  /** Wherever S3 knows one: what AWS itself wants. */
  WHEN_SUPPORTED(
      RequestChecksumCalculation.WHEN_SUPPORTED, ResponseChecksumValidation.WHEN_SUPPORTED),
  /** Only where S3 insists: for servers that refuse the checksums of newer clients. */
  WHEN_REQUIRED(RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation.WHEN_REQUIRED);

  private final RequestChecksumCalculation calculation;
  private final ResponseChecksumValidation validation;

  ChecksumMode(RequestChecksumCalculation calculation, ResponseChecksumValidation validation) {
    this.calculation = calculation;
    this.validation = validation;
  }

  RequestChecksumCalculation calculation() {
    return calculation;
  }

  ResponseChecksumValidation validation() {
    return validation;
  }
}
