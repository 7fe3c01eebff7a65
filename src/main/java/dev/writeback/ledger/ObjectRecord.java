package dev.writeback.ledger;

/**
 * The object that a run writes.
 *
 * @param fileName the name of the file before compression
 * @param rows the records in it; while the run is under way, those read so far
 * @param bytes its length, as far as S3 has acknowledged it
 * @param eTag null until S3 has told it
 * @param versionId null where the bucket keeps no versions
 */
public record ObjectRecord(
    String bucket,
    String key,
    String fileName,
    String contentType,
    long rows,
    long bytes,
    String eTag,
    String versionId) {}
