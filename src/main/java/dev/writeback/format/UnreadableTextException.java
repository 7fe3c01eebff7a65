package dev.writeback.format;

import java.io.StreamCorruptedException;

/**
 * Domo's text is not what it should be, which no option of the job mends and no second reading. The
 * message says where, and what would take it; not what stands there.
 */
public final class UnreadableTextException extends StreamCorruptedException {

  private static final long serialVersionUID = 1L;

  private UnreadableTextException(Place place, String why, String insteadOf) {
    super(place + " " + why + ": look at it in Domo, or " + insteadOf);
  }

  /**
   * JSON has no place for it.
   *
   * @param why what is wrong with what stands there
   */
  static UnreadableTextException asJson(Place place, String why) {
    return new UnreadableTextException(
        place, why, "write the DataSet as csv, which leaves such a row as it is");
  }

  /** Nobody knows which characters another charset is to have. */
  static UnreadableTextException inCharset(Place place, String charset) {
    return new UnreadableTextException(
        place,
        "is not UTF-8, so that it cannot be written in " + charset,
        "choose the charset UTF-8, which leaves such a row as it is");
  }
}
