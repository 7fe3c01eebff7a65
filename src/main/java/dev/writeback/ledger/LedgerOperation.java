package dev.writeback.ledger;

/** The four places of the ledger in a job's chain. */
public enum LedgerOperation {
  /** First of all: which run this is. A redelivery goes on with its run. */
  OPEN,
  /** Before the first byte: what the run is about to write. Fixed once, also across midnight. */
  INTENT,
  /** Last of all: S3 has said that the object is there. */
  DONE,
  /** In any case, after the chain: what became of this attempt; nothing stays open. */
  CLOSE
}
