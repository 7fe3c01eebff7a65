package dev.writeback.sandbox;

import java.util.Map;

/**
 * An object that is in the sandbox's bucket.
 *
 * @param length in bytes
 * @param sha256 of all its bytes in order, in lower-case hex
 * @param parts how many parts it was uploaded in; 1 for a PutObject
 * @param eTag without quotes
 * @param metadata the user's own, by lower-case name without {@code x-amz-meta-}
 * @param headers what the answer to a HEAD says of it, by lower-case name
 */
public record StoredObject(
    String key,
    long length,
    String sha256,
    int parts,
    String eTag,
    Map<String, String> metadata,
    Map<String, String> headers) {}
