package dev.writeback.format;

/** Which fields stand in quotes. A null never does: quotes make a text of it. */
public enum QuoteMode {
  /** Those that Domo quoted, and those that need it in the new dialect. */
  AS_DOMO,
  /** Those that need it, because they would be read as something else without. */
  MINIMAL,
  /** All, the header's too. */
  ALL
}
