package dev.writeback.ledger;

/** What "new" means where the job has no complete object yet. */
public enum FirstRun {
  /** All that the DataSet holds. */
  ALL,
  /** The rows of its last execution alone. */
  LAST_EXECUTION
}
