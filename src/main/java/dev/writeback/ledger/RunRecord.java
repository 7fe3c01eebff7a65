package dev.writeback.ledger;

import dev.writeback.run.LeftUpload;
import dev.writeback.run.OneLine;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.TimeText;
import dev.writeback.run.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the ledger keeps of a run.
 *
 * @param id the run's id, the same for all its attempts
 * @param slot the moment that the run is for
 * @param scheduled whether the slot is a time of the job's schedule
 * @param byHand whether a person began it and looked on, so that nobody else need hear of a failure
 * @param zone the zone of the job's dates
 * @param attempt the last attempt, from 1
 * @param started when the first attempt began
 * @param ended when the run was over; null while it is not
 * @param object null where the run ended before its object had a name
 * @param watermark the batches that the run writes; null where it writes the whole DataSet
 * @param rowsWithoutBatch of the DataSet's rows without a batch, how many the job's objects of it
 *     have been answerable for since this run; null where nobody knows
 * @param openUploads the multipart uploads that may still be open, by id
 * @param outcome how the last attempt ended; null where it has not
 * @param error why the last attempt failed, without secrets, at most {@value #ERROR_LENGTH}
 *     characters; null where it has not
 * @param notes what else an operator should know of it
 */
public record RunRecord(
    String id,
    String job,
    Instant slot,
    boolean scheduled,
    boolean byHand,
    ZoneId zone,
    int attempt,
    Instant started,
    Instant ended,
    DataSetState dataSet,
    ObjectRecord object,
    Watermark watermark,
    Long rowsWithoutBatch,
    Set<String> openUploads,
    Outcome outcome,
    String error,
    List<String> notes) {

  static final int ERROR_LENGTH = 2_000;

  /** The run as it stands now; times to the microsecond, which every database keeps. */
  static RunRecord of(RunContext run, Instant ended) {
    return new RunRecord(
        run.getId(),
        run.getJob(),
        micros(run.getSlot()),
        run.isScheduled(),
        run.isByHand(),
        run.getZone(),
        run.getAttempt(),
        micros(run.getStarted()),
        micros(ended),
        new DataSetState(
            run.getInputDataset(),
            run.getDataSetId(),
            run.getDataSetName(),
            micros(run.getDataSetUpdated()),
            run.isRowProtected()),
        run.getKey() == null ? null : object(run),
        run.getWatermark(),
        run.getRowsWithoutBatch(),
        new TreeSet<>(run.uploads().open()),
        run.getOutcome(),
        error(run.getFailure()),
        run.notes().stream().map(OneLine::of).toList());
  }

  private static ObjectRecord object(RunContext run) {
    return new ObjectRecord(
        run.getBucket(),
        run.getKey(),
        run.getFileName(),
        run.getContentType(),
        run.records().get(),
        run.bytesWritten().get(),
        run.getETag(),
        run.getVersionId(),
        run.getSettings());
  }

  /** As exact as every database keeps it. */
  static Instant micros(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }

  private static String error(RunException failure) {
    if (failure == null || failure.getMessage() == null) {
      return null;
    }
    String text = failure.getMessage();
    return text.length() <= ERROR_LENGTH ? text : text.substring(0, ERROR_LENGTH - 3) + "...";
  }

  /**
   * The run once more, to be finished: its id, slot, key, range and open uploads. Whether its
   * object is there already, nobody knows.
   */
  public RunContext toRun() {
    RunContext run = new RunContext(id, job, slot, zone, attempt);
    run.setScheduled(scheduled);
    run.setByHand(byHand);
    run.setInputDataset(dataSet.input());
    run.setDataSetId(dataSet.id());
    run.setDataSetName(dataSet.name());
    run.setWatermark(watermark);
    run.setRowsWithoutBatch(rowsWithoutBatch);
    run.setBucket(object.bucket());
    run.setFileName(object.fileName());
    run.setContentType(object.contentType());
    run.setKey(object.key());
    run.setMaybeWritten(true);
    openUploads.forEach(run.uploads()::opened);
    return run;
  }

  /** The run without this upload, of which nothing is left. */
  RunRecord withoutUpload(String uploadId) {
    Set<String> others = new TreeSet<>(openUploads);
    others.remove(uploadId);
    return new RunRecord(
        id,
        job,
        slot,
        scheduled,
        byHand,
        zone,
        attempt,
        started,
        ended,
        dataSet,
        object,
        watermark,
        rowsWithoutBatch,
        others,
        outcome,
        error,
        notes);
  }

  /** What it has left open, for a later run to abort. */
  List<LeftUpload> leftUploads(LedgerStore store) {
    return openUploads.stream()
        .map(
            upload ->
                new LeftUpload(
                    object.bucket(), object.key(), upload, () -> store.uploadEnded(id, upload)))
        .toList();
  }

  /** The run as one that a dead process left before it was about to write. */
  RunRecord abandoned(Instant now) {
    return new RunRecord(
        id,
        job,
        slot,
        scheduled,
        byHand,
        zone,
        attempt,
        started,
        micros(now),
        dataSet,
        null,
        null,
        null,
        Set.of(),
        Outcome.UNEXPECTED,
        error == null ? "its process ended before the run was about to write" : error,
        notes);
  }

  /** The run as one that a person has given up; what it has left open a later run aborts. */
  RunRecord givenUp(String why, Instant now) {
    return new RunRecord(
        id,
        job,
        slot,
        scheduled,
        byHand,
        zone,
        attempt,
        started,
        micros(now),
        dataSet,
        object,
        watermark,
        rowsWithoutBatch,
        openUploads,
        Outcome.ABANDONED,
        why,
        notes);
  }

  /** The run as one whose object was found to be there. */
  RunRecord foundDone(String eTag, String versionId, Instant now) {
    ObjectRecord found =
        new ObjectRecord(
            object.bucket(),
            object.key(),
            object.fileName(),
            object.contentType(),
            object.rows(),
            object.bytes(),
            eTag,
            versionId,
            object.settings());
    return new RunRecord(
        id,
        job,
        slot,
        scheduled,
        byHand,
        zone,
        attempt,
        started,
        micros(now),
        dataSet,
        found,
        watermark,
        rowsWithoutBatch,
        openUploads,
        Outcome.DONE,
        null,
        notes);
  }

  /** What the run was about to write and since when, as a person has to know it. */
  public String intentInWords() {
    return "run "
        + id
        + " of slot "
        + TimeText.of(slot, zone)
        + ", open since "
        + TimeText.of(started, zone)
        + ", object s3://"
        + object.bucket()
        + "/"
        + OneLine.of(object.key())
        + ", "
        + (watermark == null ? "the whole DataSet" : "batches " + watermark.inWords());
  }

  /** Whether the run was about to write, and is not over. */
  public boolean isOpenIntent() {
    return ended == null && object != null;
  }

  /** Whether all that the job asks for is in S3 since this run. */
  public boolean isComplete() {
    return ended != null && outcome != null && outcome.isSuccess();
  }

  /** From the first attempt's begin to the end; zero while the run is not over. */
  public Duration took() {
    return ended == null ? Duration.ZERO : Duration.between(started, ended);
  }
}
