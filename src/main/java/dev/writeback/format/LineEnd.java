package dev.writeback.format;

/** What ends a record. Line ends inside a field are text, and stay as they are. */
public enum LineEnd {
  /** What ends it in Domo's text; Domo has been seen to write LF only. */
  AS_DOMO(""),
  LF("\n"),
  CRLF("\r\n");

  private final String characters;

  LineEnd(String characters) {
    this.characters = characters;
  }

  /** The characters; empty for {@link #AS_DOMO}. */
  String characters() {
    return characters;
  }
}
