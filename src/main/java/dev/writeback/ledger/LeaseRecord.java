package dev.writeback.ledger;

import java.time.Instant;

/**
 * A job that is being run.
 *
 * @param runId the run that began it
 * @param holder the CamelContext that runs it, in a process of this kind: {@code
 *     host/process/component}
 * @param since when the run began
 * @param expires by the database's clock; after it, the holder counts as dead
 */
record LeaseRecord(String job, String runId, String holder, Instant since, Instant expires) {}
