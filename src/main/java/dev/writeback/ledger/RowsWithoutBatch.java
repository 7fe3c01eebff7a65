package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.Verify;
import java.util.Optional;

/**
 * The rows of a DataSet that have no batch. A run without a lower end writes all of them; which of
 * them arrive later, nobody can tell, so that no later run can. Where there are more of them than
 * the job's objects are answerable for, rows would be missing.
 */
final class RowsWithoutBatch {

  private RowsWithoutBatch() {}

  /**
   * Holds what Domo counts now against what the job's last object of the DataSet is answerable for;
   * from then on the run knows that number.
   *
   * @throws RunException with {@link Outcome#NOT_PROVED} where rows have arrived, and {@code
   *     verify} is strict
   */
  static void account(RunContext run, Verify verify, LedgerStore ledger) {
    Optional<RunRecord> last =
        ledger
            .lastObject(run.getJob(), run.getDataSetId())
            .filter(record -> record.watermark() != null && record.rowsWithoutBatch() != null);
    Long now = run.getRowsWithoutBatch();
    if (run.getWatermark().above() == null || last.isEmpty()) {
      return;
    }
    long before = last.get().rowsWithoutBatch();
    run.setRowsWithoutBatch(
        now == null ? Long.valueOf(before) : Long.valueOf(Math.min(now, before)));
    if (now == null || now <= before) {
      return;
    }
    String arrived =
        (now - before)
            + " rows without a _BATCH_ID_ have arrived ("
            + now
            + " now, "
            + before
            + " before)";
    if (verify == Verify.STRICT) {
      throw new RunException(
          Outcome.NOT_PROVED,
          false,
          "onlyNewData - "
              + arrived
              + ", and by that column nobody can tell which these are - 'true' - run "
              + run.getJob()
              + " --since start writes all rows once more, those too; with verify: warn runs go on"
              + " without them and say so; without onlyNewData every run writes all rows");
    }
    run.notes().add(arrived + " and are not written: run JOB --since start writes all rows");
  }
}
