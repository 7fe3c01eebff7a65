package dev.writeback.sandbox;

import java.util.Objects;

/**
 * Something that goes wrong at the S3, for the requests that it fits.
 *
 * @param operation null for any
 * @param partNumber 0 for any
 * @param key null for any
 * @param status of the answer, where the kind answers
 * @param code AWS's code for it
 * @param message AWS's words for it; null for the sandbox's own
 * @param bytes how many of the request's body are read before, or are read each second
 * @param times how many requests it hits; 0 for every one until {@link SandboxS3#heal}
 */
public record S3Fault(
    Kind kind,
    S3Operation operation,
    int partNumber,
    String key,
    int status,
    String code,
    String message,
    long bytes,
    int times) {

  public S3Fault {
    Objects.requireNonNull(kind, "A fault must have a kind");
  }

  /** What goes wrong. */
  public enum Kind {
    /** The request is read and refused; nothing is stored. */
    REFUSE,
    /** The request is carried out, and answered as if it had failed. */
    STORE_AND_REFUSE,
    /** The request is carried out, and the connection is broken instead of an answer. */
    STORE_AND_RESET,
    /** The connection is broken after some bytes of the body. */
    RESET,
    /** The body is read at a limited rate. */
    SLOW,
    /** What was asked for encryption is not done, and the answer does not name it. */
    IGNORE_ENCRYPTION
  }

  /** For instance 503 SlowDown, 500 InternalError, 403 AccessDenied, 412 PreconditionFailed. */
  public static S3Fault refuse(int status, String code) {
    return new S3Fault(Kind.REFUSE, null, 0, null, status, code, null, 0, 0);
  }

  public static S3Fault storeAndRefuse(int status, String code) {
    return new S3Fault(Kind.STORE_AND_REFUSE, null, 0, null, status, code, null, 0, 0);
  }

  public static S3Fault storeAndReset() {
    return new S3Fault(Kind.STORE_AND_RESET, null, 0, null, 0, null, null, 0, 0);
  }

  public static S3Fault resetAfter(long bytes) {
    return new S3Fault(Kind.RESET, null, 0, null, 0, null, null, bytes, 0);
  }

  public static S3Fault slow(long bytesPerSecond) {
    return new S3Fault(Kind.SLOW, null, 0, null, 0, null, null, bytesPerSecond, 0);
  }

  public static S3Fault ignoreEncryption() {
    return new S3Fault(Kind.IGNORE_ENCRYPTION, null, 0, null, 0, null, null, 0, 0);
  }

  /** The same, in these words of AWS. */
  public S3Fault saying(String words) {
    return new S3Fault(kind, operation, partNumber, key, status, code, words, bytes, times);
  }

  /** The same, only for this operation. */
  public S3Fault on(S3Operation only) {
    return new S3Fault(kind, only, partNumber, key, status, code, message, bytes, times);
  }

  /** The same, only for the part of this number, which begins with 1. */
  public S3Fault onPart(int only) {
    return new S3Fault(
        kind, S3Operation.UPLOAD_PART, only, key, status, code, message, bytes, times);
  }

  /** The same, only for this object. */
  public S3Fault onKey(String only) {
    return new S3Fault(kind, operation, partNumber, only, status, code, message, bytes, times);
  }

  /** The same, for as many requests and no more. */
  public S3Fault times(int limit) {
    return new S3Fault(kind, operation, partNumber, key, status, code, message, bytes, limit);
  }

  /** S3 sends somebody to another region before it looks at who it is. */
  boolean isRedirect() {
    return kind == Kind.REFUSE && status / 100 == 3;
  }

  boolean fits(S3Target target) {
    return (operation == null || operation == target.operation())
        && (partNumber == 0 || partNumber == target.partNumber())
        && (key == null || key.equals(target.key()));
  }
}
