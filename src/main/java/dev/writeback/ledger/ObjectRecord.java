package dev.writeback.ledger;

import java.util.Map;

/**
 * The object that a run writes.
 *
 * @param fileName the name of the file before compression
 * @param rows the records in it; while the run is under way, those read so far
 * @param bytes its length, as far as S3 has acknowledged it
 * @param eTag null until S3 has told it
 * @param versionId null where the bucket keeps no versions
 * @param settings what the job said, beside its names, of the object's bytes and attributes
 */
public record ObjectRecord(
    String bucket,
    String key,
    String fileName,
    String contentType,
    long rows,
    long bytes,
    String eTag,
    String versionId,
    Map<String, String> settings) {}
