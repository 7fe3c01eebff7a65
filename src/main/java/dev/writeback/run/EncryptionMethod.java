package dev.writeback.run;

/** How the object is encrypted: by S3 after it has arrived, or, with PGP, before it leaves. */
public enum EncryptionMethod {
  /** The bucket's own default. */
  NONE,
  /** With a key of S3's own. */
  SSE_S3,
  /** With a key of AWS KMS, by a bucket key. */
  SSE_KMS,
  /** Twice, with keys of AWS KMS. */
  DSSE_KMS,
  /** With a key that the customer sends along with each request. */
  SSE_C,
  /** By this program, for the holders of an OpenPGP key. */
  PGP
}
