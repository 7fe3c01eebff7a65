package dev.writeback.app;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.s3.ExistingObject;
import java.util.List;
import java.util.Map;

/**
 * What a run of one writeback of a job would do. What is not known is null.
 *
 * @param parameters of the writeback, defaults included
 * @param run as it was rehearsed; null where it could not even begin
 * @param rows how many it would write
 * @param columns how many columns the DataSet's CSV has
 * @param bytes how many the object would have
 * @param isExact whether the number of bytes is theirs, and not estimated from the first rows
 * @param existing what stands under the key
 * @param finishedFirst what earlier runs have left, and a run would finish first; in words
 * @param unread why the ledger could not be read, so that what it knows is left out; else null
 * @param stop what would keep the run from its end
 */
record Plan(
    String job,
    Map<String, String> parameters,
    RunContext run,
    Long rows,
    Integer columns,
    Long bytes,
    boolean isExact,
    ExistingObject existing,
    List<String> finishedFirst,
    String unread,
    RunException stop) {

  /** Of a job that cannot be rehearsed. */
  static Plan stopped(String job, RunException stop) {
    return new Plan(job, Map.of(), null, null, null, null, false, null, List.of(), null, stop);
  }

  /** How the run would end. */
  Outcome outcome() {
    return stop == null ? run.getOutcome() : stop.outcome();
  }

  /** What the run would do, in a word or two. */
  String inWords() {
    return switch (outcome()) {
      case DONE ->
          existing != null && existing.state() == ExistingObject.State.THERE ? "replace" : "write";
      case UNCHANGED, NOTHING_NEW -> "write nothing";
      default -> "fail";
    };
  }
}
