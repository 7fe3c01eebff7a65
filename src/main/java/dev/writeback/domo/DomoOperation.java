package dev.writeback.domo;

/** What a {@code domo:} endpoint does. */
public enum DomoOperation {
  /** The DataSet's CSV as one live stream. */
  EXPORT,
  /** The DataSet's metadata. */
  DATASET,
  /** The rows of one SQL query. */
  QUERY,
  /** The highest batch that the run may write. */
  WATERMARK,
  /** The CSV of the run's batches as one live stream. */
  INCREMENT,
  /** The DataSets that there are. */
  LIST
}
