package dev.writeback.run;

/**
 * A multipart upload that an earlier run of the job has begun, and could not abort.
 *
 * @param aborted to be called once nothing of it is left
 */
public record LeftUpload(String bucket, String key, String id, Runnable aborted) {}
