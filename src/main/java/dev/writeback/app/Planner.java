package dev.writeback.app;

import dev.writeback.domo.DataSet;
import dev.writeback.domo.DomoAccount;
import dev.writeback.domo.FirstRecords;
import dev.writeback.domo.RowCount;
import dev.writeback.job.CheckedJob;
import dev.writeback.job.JobParameters;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import dev.writeback.s3.AssumedRole;
import dev.writeback.s3.ExistingObject;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;

/** Rehearses a writeback with the first records, and looks at what the rest depends on. */
final class Planner {

  /** Enough for an estimate of the whole, and less than a second of Domo's time. */
  private static final long SAMPLE = 1_000;

  private final Rehearsal rehearsal;
  private final CheckedJob job;
  private final Object slot;
  private final Long since;

  /**
   * @param slot as in {@link RunRequest#SLOT}, or null for now
   * @param since as in {@link RunRequest#SINCE}, or null
   */
  Planner(Rehearsal rehearsal, CheckedJob job, Object slot, Long since) {
    this.rehearsal = rehearsal;
    this.job = job;
    this.slot = slot;
    this.since = since;
  }

  Plan plan(JobParameters writeback) {
    Rehearsed rehearsed = new Rehearsed(SAMPLE, OutputStream.nullOutputStream());
    rehearsal.rehearse(job, writeback, Map.of(), slot, since, rehearsed);
    RunContext run = rehearsed.run();
    FirstRecords sample = rehearsed.records();
    RunException stop = rehearsed.failure();
    Long rows = rows(writeback, rehearsed);
    ExistingObject existing = null;
    try {
      existing = existing(writeback, run);
    } catch (RunException refused) {
      stop = stop == null ? refused : stop;
    }
    return new Plan(
        job.id(),
        writeback.values(),
        run,
        rows,
        columns(rehearsed),
        bytes(rehearsed, rows),
        sample != null && sample.isWhole(),
        existing,
        rehearsal.ledger().finishedFirst(job.id()),
        rehearsal.ledger().unread().map(RunException::getMessage).orElse(null),
        stop == null ? stop(writeback, existing, run) : stop);
  }

  /** Null where nobody has said. */
  private static Integer columns(Rehearsed rehearsed) {
    FirstRecords sample = rehearsed.records();
    if (sample != null && sample.columns() > 0) {
      return sample.columns();
    }
    DataSet dataSet = rehearsed.dataSet();
    return dataSet == null || dataSet.schema().isEmpty() ? null : dataSet.schema().size();
  }

  /** What has been read to its end is counted; else Domo is asked. */
  private Long rows(JobParameters writeback, Rehearsed rehearsed) {
    RunContext run = rehearsed.run();
    FirstRecords sample = rehearsed.records();
    if (sample != null && sample.isWhole()) {
      return sample.count();
    }
    if (run == null || run.getDataSetId() == null || isSettledWithoutRows(run)) {
      return null;
    }
    OptionalLong counted =
        RowCount.of(rehearsal.context(), bean(DomoAccount.class, writeback.get("account")), run);
    if (counted.isPresent()) {
      return counted.getAsLong();
    }
    return run.getWatermark() == null && rehearsed.dataSet() != null
        ? rehearsed.dataSet().rows()
        : null;
  }

  private static boolean isSettledWithoutRows(RunContext run) {
    return run.isSettled() && !run.isDone();
  }

  private static Long bytes(Rehearsed rehearsed, Long rows) {
    FirstRecords sample = rehearsed.records();
    if (sample == null || rehearsed.failure() != null) {
      return null;
    }
    if (sample.isWhole()) {
      return rehearsed.bytes();
    }
    return rows == null || sample.count() == 0
        ? null
        : Math.round((double) rehearsed.bytes() / sample.count() * rows);
  }

  private ExistingObject existing(JobParameters writeback, RunContext run) {
    return run == null || run.getKey() == null
        ? null
        : ExistingObject.look(
            rehearsal.context(),
            bean(AssumedRole.class, writeback.get("role")),
            writeback.values(),
            run);
  }

  /** What the rehearsal does not come to. */
  private RunException stop(JobParameters writeback, ExistingObject existing, RunContext run) {
    if (existing != null
        && existing.state() == ExistingObject.State.THERE
        && !Boolean.parseBoolean(writeback.get("overwrite"))) {
      return new RunException(
          Outcome.S3,
          false,
          "an object of this name exists already, and overwrite is false - 's3://"
              + run.getBucket()
              + "/"
              + run.getKey()
              + "' - put the time into the name, or set overwrite to true");
    }
    return rehearsal
        .ledger()
        .underWay(job.id())
        .map(other -> new RunException(Outcome.OVERLAP, false, other))
        .orElse(null);
  }

  private <T> T bean(Class<T> type, String name) {
    CamelContext context = rehearsal.context();
    return context.getRegistry().lookupByNameAndType(name, type);
  }
}
