package dev.writeback.run;

/** What the first increment of a job holds, for which there is no watermark yet. */
public enum FirstRun {
  /** All rows that there are. */
  ALL,
  /** The rows of the highest batch alone. */
  LAST_EXECUTION
}
