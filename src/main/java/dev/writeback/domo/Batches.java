package dev.writeback.domo;

import dev.writeback.run.Watermark;

/**
 * Ranges of {@code _BATCH_ID_}, in SQL and in numbers. A range without a lower end holds the rows
 * that have no batch, too: they were there before the column was.
 */
final class Batches {

  /** Domo's column with the number of the execution that brought a row. */
  static final String COLUMN = "_BATCH_ID_";

  /** The condition of the rows that have no batch, with a blank in front. */
  static final String WITHOUT = " WHERE `" + COLUMN + "` IS NULL";

  private Batches() {}

  /** The condition, with a blank in front. */
  static String where(Watermark range) {
    return range.above() == null
        ? " WHERE (`%1$s` <= %2$d OR `%1$s` IS NULL)".formatted(COLUMN, range.upTo())
        : " WHERE `%1$s` > %2$d AND `%1$s` <= %3$d".formatted(COLUMN, range.above(), range.upTo());
  }

  /**
   * @param batch null for a row without one
   */
  static boolean isIn(Watermark range, Long batch) {
    if (batch == null || range.above() == null) {
      return range.above() == null && (batch == null || batch <= range.upTo());
    }
    return batch > range.above() && batch <= range.upTo();
  }
}
