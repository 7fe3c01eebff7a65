package dev.writeback.ledger;

/** The places of the ledger: the first four in a job's chain, the others beside it. */
public enum LedgerOperation {
  /** First of all: which run this is. A redelivery goes on with its run. */
  OPEN,
  /** Before the first byte: what the run is about to write. Fixed once, also across midnight. */
  INTENT,
  /** Last of all: S3 has said that the object is there. */
  DONE,
  /** In any case, after the chain: what became of this attempt; nothing stays open. */
  CLOSE,
  /** In the error handling of a job: the body becomes the alert about its run. */
  ALERT,
  /** In a route of its own: the body becomes the alerts about jobs without a fresh object. */
  STALE
}
