package dev.writeback.format;

/**
 * A value that the chosen dialect cannot hold without being read as another. The message says where
 * it is and which option would take it, not what it is.
 */
public final class UnwritableValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private UnwritableValueException(Place place, String why) {
    super(place + " " + why);
  }

  /** A field without quotes would end within its value. */
  static UnwritableValueException separator(Place place) {
    return new UnwritableValueException(
        place,
        "holds a delimiter or a line end, and nothing tells it from those between the fields:"
            + " choose a quote, or an escape, or another delimiter");
  }

  /** A text without quotes would be read as a null. */
  static UnwritableValueException nullText(Place place) {
    return new UnwritableValueException(
        place,
        "holds the text that stands for null, and no quote tells them apart: choose another"
            + " nullText, or nullIn none where nothing is null");
  }

  /** The charset does not have this character. */
  static UnwritableValueException character(Place place, int codePoint, String charset) {
    return new UnwritableValueException(
        place,
        String.format(
            "holds U+%04X, which %s does not have: choose another charset, such as UTF-8",
            codePoint, charset));
  }
}
