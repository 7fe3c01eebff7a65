package dev.writeback.s3;

/** Values as a message may show them. */
final class Masked {

  private Masked() {}

  /** Enough of a value to tell it from another: {@code ab...yz (24 characters)}. */
  static String text(String value) {
    if (value == null || value.isEmpty()) {
      return "none";
    }
    int shown = value.length() < 4 ? 0 : value.length() < 8 ? 1 : 2;
    return value.substring(0, shown)
        + "..."
        + value.substring(value.length() - shown)
        + " ("
        + value.length()
        + (value.length() == 1 ? " character)" : " characters)");
  }

  /** Only whether there is one. */
  static String secret(String value) {
    return value == null || value.isEmpty() ? "none" : "***";
  }
}
