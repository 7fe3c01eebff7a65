package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Whether S3 will encrypt as it was asked to. AWS refuses what it cannot do; other servers may take
 * the request and do nothing. The answer to CreateMultipartUpload tells, before the first byte is
 * sent.
 */
final class EncryptionProof {

  private EncryptionProof() {}

  /** Whether there is something to prove. */
  static boolean isNeeded(PutObjectRequest asked) {
    return asked.serverSideEncryptionAsString() != null || asked.sseCustomerAlgorithm() != null;
  }

  /**
   * @throws RunException if the answer does not name what was asked for
   */
  static void check(PutObjectRequest asked, CreateMultipartUploadResponse answer) {
    String method = asked.serverSideEncryptionAsString();
    if (method != null && !method.equals(answer.serverSideEncryptionAsString())) {
      throw refused(asked, method, answer.serverSideEncryptionAsString());
    }
    if (asked.ssekmsKeyId() != null && !isKey(asked.ssekmsKeyId(), answer.ssekmsKeyId())) {
      throw refused(asked, "the key " + asked.ssekmsKeyId(), answer.ssekmsKeyId());
    }
    if (asked.sseCustomerAlgorithm() != null
        && !(asked.sseCustomerAlgorithm().equals(answer.sseCustomerAlgorithm())
            && asked.sseCustomerKeyMD5().equals(answer.sseCustomerKeyMD5()))) {
      throw refused(asked, "sse-c", answer.sseCustomerAlgorithm());
    }
  }

  /** AWS answers with the ARN of the key, whose id an alias does not tell. */
  private static boolean isKey(String asked, String answered) {
    if (answered == null) {
      return false;
    }
    boolean alias = asked.startsWith("alias/") || asked.contains(":alias/");
    return alias || id(asked).equals(id(answered));
  }

  private static String id(String key) {
    return key.startsWith("arn:") ? key.substring(key.lastIndexOf('/') + 1) : key;
  }

  private static RunException refused(PutObjectRequest asked, String wanted, String answered) {
    return new RunException(
        Outcome.S3,
        false,
        "Cannot write "
            + S3Uri.of(asked)
            + ": encryption by "
            + wanted
            + " was asked for, S3 confirms "
            + (answered == null ? "none" : answered)
            + ". Nothing was sent. Check the job's encryptionMethod and encryptionKey, and that"
            + " this S3 server knows them");
  }
}
