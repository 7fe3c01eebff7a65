package dev.writeback.s3;

import java.time.Instant;

/**
 * A multipart upload whose parts lie in a bucket, and cost, although there is no object.
 *
 * @param begun by S3's clock
 */
public record OpenUpload(String key, String id, Instant begun) {}
