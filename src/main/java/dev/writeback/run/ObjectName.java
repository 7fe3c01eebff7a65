package dev.writeback.run;

/**
 * What an object is called.
 *
 * @param key the key in the bucket
 * @param fileName the file before compression: what an archive's one entry is called
 */
public record ObjectName(String key, String fileName) {}
