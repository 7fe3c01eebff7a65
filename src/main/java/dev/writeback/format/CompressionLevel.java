package dev.writeback.format;

/** What counts more: that little work is done, or that the result is small. */
public enum CompressionLevel {
  FAST,
  BALANCED,
  SMALL
}
