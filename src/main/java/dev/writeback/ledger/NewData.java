package dev.writeback.ledger;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import dev.writeback.run.Verify;
import dev.writeback.run.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a run has to write: nothing where the DataSet is as it was; where only new data is asked
 * for, what lies above the job's last complete object.
 *
 * @param skipUnchanged whether an unchanged DataSet is not written again
 * @param onlyNewData whether rows are written once
 * @param firstRun where a job begins that has no complete object
 * @param verify what becomes of a run where rows have arrived that it cannot place
 */
record NewData(boolean skipUnchanged, boolean onlyNewData, FirstRun firstRun, Verify verify) {

  /**
   * Fixes the run's watermark, or says that there is nothing to write.
   *
   * @param since the batch after which a backfill begins, or null
   * @param named whether the job still names its objects as it did when it wrote this one
   */
  void decide(RunContext run, Long since, Predicate<RunRecord> named, LedgerStore ledger) {
    Optional<RunRecord> repeated =
        ledger.objectOf(run.getJob(), run.getDataSetId(), RunRecord.micros(run.getSlot()));
    if (skipUnchanged && since == null && repeated.isEmpty() && isUnchanged(run, named, ledger)) {
      run.nothingToWrite(Outcome.UNCHANGED);
      return;
    }
    if (since != null && (!onlyNewData || run.getWatermark() == null)) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "since - the DataSet is written whole, it has no batches to begin after - '"
              + since
              + "' - leave it out, or set onlyNewData for a DataSet with the column _BATCH_ID_");
    }
    if (onlyNewData && run.getWatermark() != null) {
      run.setWatermark(range(run, since, repeated, ledger));
      RowsWithoutBatch.account(run, verify, ledger);
      if (run.getWatermark().isEmpty()) {
        run.nothingToWrite(Outcome.NOTHING_NEW);
      }
    }
  }

  /**
   * Whether a new object would be the last one again; where only the job has changed, it is said.
   */
  private static boolean isUnchanged(
      RunContext run, Predicate<RunRecord> named, LedgerStore ledger) {
    Optional<RunRecord> same =
        ledger
            .lastObject(run.getJob(), run.getDataSetId())
            .filter(last -> run.getDataSetUpdated() != null)
            .filter(
                last -> RunRecord.micros(run.getDataSetUpdated()).equals(last.dataSet().updated()));
    Optional<String> edited = same.flatMap(last -> edited(run, last, named.test(last)));
    edited.ifPresent(
        what -> run.notes().add("written though Domo has not updated the DataSet: " + what));
    return same.isPresent() && edited.isEmpty();
  }

  private static Optional<String> edited(RunContext run, RunRecord last, boolean sameName) {
    Map<String, String> before = last.object().settings();
    List<String> edited = new ArrayList<>();
    if (!sameName) {
      edited.add("the object has another name than the last one");
    }
    if (before.isEmpty() && !run.getSettings().isEmpty()) {
      edited.add("how the last object was written is not known");
    } else {
      Set<String> names = new TreeSet<>(before.keySet());
      names.addAll(run.getSettings().keySet());
      for (String name : names) {
        String was = before.getOrDefault(name, "");
        String is = run.getSettings().getOrDefault(name, "");
        if (!was.equals(is)) {
          edited.add(name + " was '" + was + "' and is '" + is + "'");
        }
      }
    }
    return edited.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", edited));
  }

  /**
   * What of a range that was fixed earlier is still to be written: what another run has completed
   * meanwhile is not.
   */
  static Watermark rest(RunContext run, Watermark fixed, LedgerStore ledger) {
    if (fixed == null) {
      return null;
    }
    return ledger
        .watermark(run.getJob(), run.getDataSetId())
        .filter(written -> fixed.above() == null || written > fixed.above())
        .map(written -> new Watermark(written, fixed.upTo()))
        .orElse(fixed);
  }

  /** A slot that is repeated has the rows that it had: others would replace them for good. */
  private Watermark range(
      RunContext run, Long since, Optional<RunRecord> repeated, LedgerStore ledger) {
    long upTo = run.getWatermark().upTo();
    Optional<Long> watermark = ledger.watermark(run.getJob(), run.getDataSetId());
    if (RunRequest.BEFORE_ALL.equals(since)) {
      return new Watermark(null, upTo);
    }
    if (since != null) {
      if (watermark.isPresent() && since > watermark.get()) {
        throw new RunException(
            Outcome.CONFIGURATION,
            false,
            "since - above the last complete object's batch, "
                + watermark.get()
                + ", so that the batches between would never be written - '"
                + since
                + "' - "
                + watermark.get()
                + " or less");
      }
      return new Watermark(since, upTo);
    }
    if (repeated.isPresent() && repeated.get().watermark() != null) {
      return repeated.get().watermark();
    }
    if (watermark.isPresent()) {
      if (watermark.get() > upTo) {
        run.notes().add(below(watermark.get(), upTo));
      }
      return new Watermark(watermark.get(), upTo);
    }
    return new Watermark(firstRun == FirstRun.ALL ? null : Long.valueOf(upTo - 1), upTo);
  }

  /** An answer from Domo's cache may be that old; numbers that begin anew stay below for long. */
  private static String below(long watermark, long upTo) {
    return "the DataSet's highest batch, "
        + upTo
        + ", is below that of the last complete object, "
        + watermark
        + ": if its data was replaced, run JOB --since 0 writes all of it";
  }
}
