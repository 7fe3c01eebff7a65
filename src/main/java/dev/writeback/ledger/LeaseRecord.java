package dev.writeback.ledger;

import java.time.Instant;

/**
 * A job that is being run.
 *
 * @param runId the run that began it
 * @param since when the run began
 * @param expires by the database's clock; after it, the holder counts as dead
 */
record LeaseRecord(String job, String runId, Holder holder, Instant since, Instant expires) {}
