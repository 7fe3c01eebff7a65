package dev.writeback.run;

/** How the object is compressed: what its name ends in and what S3 is told that it is. */
public enum Compression {
  NONE("", ""),
  GZIP(".gz", "application/gzip"),
  ZIP(".zip", "application/zip"),
  ZSTD(".zst", "application/zstd"),
  BZIP2(".bz2", "application/x-bzip2");

  private final String suffix;
  private final String contentType;

  Compression(String suffix, String contentType) {
    this.suffix = suffix;
    this.contentType = contentType;
  }

  /** With its dot; empty for {@link #NONE}. */
  public String suffix() {
    return suffix;
  }

  /**
   * A media type; empty for {@link #NONE}. A compressed file is one in its own right: there is no
   * content encoding.
   */
  public String contentType() {
    return contentType;
  }
}
