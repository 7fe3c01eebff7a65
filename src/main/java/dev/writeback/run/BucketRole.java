package dev.writeback.run;

/** A bean by which jobs write to a bucket. */
public interface BucketRole {

  /** Where a job writes that names no bucket itself; null where none is set. */
  String getBucket();
}
