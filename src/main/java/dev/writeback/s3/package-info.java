/**
 * The S3 end of the chain: the role that a run assumes, and the {@code S3Client} behind Camel's own
 * {@code aws2-s3} producer that sends a live stream up in parallel parts.
 */
package dev.writeback.s3;
