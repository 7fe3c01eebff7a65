package dev.writeback.run;

/** What the records are written as. */
public enum Format {
  /** Delimited text, in the job's dialect. */
  CSV("csv", "text/csv"),
  /** One JSON object a line (<a href="https://jsonlines.org">JSON Lines</a>). */
  JSONL("jsonl", "application/jsonl");

  private final String extension;
  private final String contentType;

  Format(String extension, String contentType) {
    this.extension = extension;
    this.contentType = contentType;
  }

  /** What the file's name ends in where the job does not say, without its dot. */
  public String extension() {
    return extension;
  }

  /** The media type of the plain file. */
  public String contentType() {
    return contentType;
  }
}
