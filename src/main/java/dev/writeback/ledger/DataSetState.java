package dev.writeback.ledger;

import java.time.Instant;

/**
 * The DataSet as a run has found it.
 *
 * @param input as the job names it
 * @param id as Domo knows it; until Domo was asked, as the job names it
 * @param name null where nobody asked
 * @param updated when Domo last updated it, before the run read it; null where nobody asked
 * @param rowProtected whether its rows are protected (PDP) in Domo
 */
public record DataSetState(
    String input, String id, String name, Instant updated, boolean rowProtected) {}
