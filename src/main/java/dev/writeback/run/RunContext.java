package dev.writeback.run;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * One run of one job: what was fixed when it began, and what has come of it. It travels as an
 * exchange property, so that a redelivery goes on with the same run, slot and key.
 *
 * <p>The facts are set by the thread that routes the exchange. The counters and the outcome may be
 * read and written by any thread.
 */
public final class RunContext {

  /** The exchange property that holds the run. */
  public static final String PROPERTY = "writebackRun";

  private final String id;
  private final String job;
  private final Instant slot;
  private final ZoneId zone;
  private final Instant started = Instant.now();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesWritten = new AtomicLong();
  private final WritePermit permit = new WritePermit();
  private final RunUploads uploads = new RunUploads();

  private int attempt;
  private Retry retry = Retry.UNSTATED;
  private boolean byHand;
  private boolean afterFailure;
  private boolean scheduled;
  private String inputDataset;
  private String dataSetId;
  private String dataSetName;
  private Instant dataSetUpdated;
  private boolean rowProtected;
  private Map<String, String> columnTypes;
  private Watermark watermark;
  private Long rowsWithoutBatch;
  private Map<String, String> settings = Map.of();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private String bucket;
  private String key;
  private String fileName;
  private String contentType;
  private volatile String eTag;
  private volatile String versionId;
  private volatile Outcome outcome;
  private volatile RunException failure;
  private volatile boolean maybeWritten;
  private volatile Supplier<Duration> sessionLeft = () -> null;

  /**
   * @param job the id of the job's route
   * @param slot the moment that the run is for: its scheduled fire time, not the time it starts
   * @param zone the zone in which the job's macros are evaluated
   */
  public RunContext(String job, Instant slot, ZoneId zone) {
    this(UUID.randomUUID().toString(), job, slot, zone, 0);
  }

  /**
   * A run that an earlier process, or an earlier exchange, has left.
   *
   * @param id the id that the run has had from its first attempt on
   * @param attempt its last attempt
   */
  public RunContext(String id, String job, Instant slot, ZoneId zone, int attempt) {
    this.id = id;
    this.attempt = attempt;
    this.job = job;
    // As exactly as a database keeps it: a run that is finished later has to know its own object.
    this.slot = slot.truncatedTo(ChronoUnit.MICROS);
    this.zone = zone;
  }

  /** The run of this exchange, or null. */
  public static RunContext of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, RunContext.class);
  }

  /** Begins the next attempt: counters go back to zero, the last failure is forgotten. */
  public int beginAttempt() {
    records.set(0);
    bytesRead.set(0);
    bytesWritten.set(0);
    eTag = null;
    versionId = null;
    outcome = null;
    failure = null;
    notes.clear();
    return ++attempt;
  }

  /**
   * The object's user metadata: which run wrote it, of which job, slot and state of the DataSet.
   */
  public Map<String, String> metadata() {
    return RunMetadata.of(this);
  }

  /**
   * The object is one that an earlier attempt has written: it holds the DataSet as that attempt
   * found it.
   *
   * @param metadata of the object that is there
   */
  public void found(Map<String, String> metadata) {
    Instant updated = RunMetadata.dataSetUpdated(metadata);
    if (!Objects.equals(updated, dataSetUpdated)) {
      dataSetUpdated = updated;
      notes.add(
          "the object was written by an earlier attempt, before the DataSet changed; rows and bytes"
              + " are those of the last attempt");
    }
  }

  public String getId() {
    return id;
  }

  public String getJob() {
    return job;
  }

  public Instant getSlot() {
    return slot;
  }

  public ZoneId getZone() {
    return zone;
  }

  /** Whether the slot is a time of the job's schedule. */
  public boolean isScheduled() {
    return scheduled;
  }

  public void setScheduled(boolean scheduled) {
    this.scheduled = scheduled;
  }

  /** When this process began the run. */
  public Instant getStarted() {
    return started;
  }

  /** 1 for the first attempt; 0 before it. */
  public int getAttempt() {
    return attempt;
  }

  /** How the job wants a failed run repeated. */
  public Retry getRetry() {
    return retry;
  }

  public void setRetry(Retry retry) {
    this.retry = retry;
  }

  /** Whether a person runs the job and looks on. */
  public boolean isByHand() {
    return byHand;
  }

  public void setByHand(boolean byHand) {
    this.byHand = byHand;
  }

  /** Whether this is the job's first success after a failure. */
  public boolean isRecovered() {
    return afterFailure && isSettled();
  }

  /** Whether the job's run before this one has failed. */
  public boolean isAfterFailure() {
    return afterFailure;
  }

  public void setAfterFailure(boolean afterFailure) {
    this.afterFailure = afterFailure;
  }

  /** The time since the run was made. */
  public Duration elapsed() {
    return Duration.between(started, Instant.now());
  }

  /** The DataSet as the job names it; {@link #getDataSetId} is what Domo knows it by. */
  public String getInputDataset() {
    return inputDataset;
  }

  public void setInputDataset(String inputDataset) {
    this.inputDataset = inputDataset;
  }

  public String getDataSetId() {
    return dataSetId;
  }

  public void setDataSetId(String dataSetId) {
    this.dataSetId = dataSetId;
  }

  /** The DataSet's name as Domo tells it, or null where nobody asked for it. */
  public String getDataSetName() {
    return dataSetName;
  }

  public void setDataSetName(String dataSetName) {
    this.dataSetName = dataSetName;
  }

  /** When Domo last updated the DataSet, or null where nobody asked. */
  public Instant getDataSetUpdated() {
    return dataSetUpdated;
  }

  public void setDataSetUpdated(Instant dataSetUpdated) {
    this.dataSetUpdated = dataSetUpdated;
  }

  /** Whether the DataSet's rows are protected (PDP) in Domo; that protection ends at the bucket. */
  public boolean isRowProtected() {
    return rowProtected;
  }

  public void setRowProtected(boolean rowProtected) {
    this.rowProtected = rowProtected;
  }

  /** Domo's type of each column of the DataSet, by its name; null where Domo has not told them. */
  public Map<String, String> getColumnTypes() {
    return columnTypes;
  }

  public void setColumnTypes(Map<String, String> columnTypes) {
    this.columnTypes = columnTypes;
  }

  /** The batches that the run writes; null where it writes the whole DataSet. */
  public Watermark getWatermark() {
    return watermark;
  }

  public void setWatermark(Watermark watermark) {
    this.watermark = watermark;
  }

  /**
   * How many rows of the DataSet have no batch; once the run's range is fixed, how many of them the
   * job's objects have been answerable for. Null where nobody knows.
   */
  public Long getRowsWithoutBatch() {
    return rowsWithoutBatch;
  }

  public void setRowsWithoutBatch(Long rowsWithoutBatch) {
    this.rowsWithoutBatch = rowsWithoutBatch;
  }

  /** What the job says, beside its names, of the object's bytes and attributes. */
  public Map<String, String> getSettings() {
    return settings;
  }

  public void setSettings(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  /**
   * What an operator should know of this attempt though it is no failure, such as why the DataSet
   * is written whole: one clause each, told when the run ends and kept with it.
   */
  public List<String> notes() {
    return notes;
  }

  public String getBucket() {
    return bucket;
  }

  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  /**
   * The object's key; never holds <code>${</code>, so that Camel does not take it for an
   * expression.
   */
  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }

  /** The name of the file before compression: what an archive's one entry is called. */
  public String getFileName() {
    return fileName;
  }

  public void setFileName(String fileName) {
    this.fileName = fileName;
  }

  public String getContentType() {
    return contentType;
  }

  public void setContentType(String contentType) {
    this.contentType = contentType;
  }

  /** Records read from Domo in this attempt, without the header. */
  public AtomicLong records() {
    return records;
  }

  /** Bytes read from Domo in this attempt. */
  public AtomicLong bytesRead() {
    return bytesRead;
  }

  /** Bytes that S3 has acknowledged in this attempt. */
  public AtomicLong bytesWritten() {
    return bytesWritten;
  }

  /** The multipart uploads that this run has to see to. */
  public RunUploads uploads() {
    return uploads;
  }

  /**
   * How long the keys of the session live that the run's upload has; null where it has none. They
   * are renewed in time.
   */
  public Duration getSessionLeft() {
    return sessionLeft.get();
  }

  /** Whoever opens a session says how to ask it; null is an answer. */
  public void setSessionLeft(Supplier<Duration> sessionLeft) {
    this.sessionLeft = sessionLeft;
  }

  /** Whether this run may make its object; yes, where nobody keeps runs apart. */
  public WritePermit permit() {
    return permit;
  }

  public String getETag() {
    return eTag;
  }

  public void setETag(String eTag) {
    this.eTag = eTag;
  }

  public String getVersionId() {
    return versionId;
  }

  public void setVersionId(String versionId) {
    this.versionId = versionId;
  }

  /** How the last attempt ended; null while one is under way. */
  public Outcome getOutcome() {
    return outcome;
  }

  /** Whether S3 has said that the object is there. */
  public boolean isDone() {
    return outcome == Outcome.DONE;
  }

  /** S3 has said that the object is there. */
  public void done() {
    outcome = Outcome.DONE;
    maybeWritten = false;
  }

  /**
   * Whether a failed attempt may have written the object all the same: S3 had the whole of it, and
   * its word was lost or told nothing for certain. Such a run is not over: the job's next run
   * finishes it first. Stays through later attempts, until {@link #done}.
   */
  public boolean isMaybeWritten() {
    return maybeWritten;
  }

  public void setMaybeWritten(boolean maybeWritten) {
    this.maybeWritten = maybeWritten;
  }

  /**
   * There is nothing to write; the rest of the chain is passed over.
   *
   * @param why {@link Outcome#UNCHANGED} or {@link Outcome#NOTHING_NEW}
   */
  public void nothingToWrite(Outcome why) {
    outcome = why;
  }

  /** Whether nothing remains to be done: the object is there, or there was nothing to write. */
  public boolean isSettled() {
    Outcome now = outcome;
    return now != null && now.isSuccess();
  }

  /** Whether this attempt has an object to write: nothing has said otherwise so far. */
  public boolean isWriting() {
    return outcome == null;
  }

  /** This attempt failed. A failure after {@link #done} does not undo what S3 has confirmed. */
  public void failed(RunException failure) {
    if (!isSettled()) {
      this.failure = failure;
      outcome = failure.outcome();
      maybeWritten |= failure.mayBeWritten();
    }
  }

  /** Why the last attempt failed, or null. */
  public RunException getFailure() {
    return failure;
  }

  /** Whether the run has failed in a way that a repetition may mend. */
  public boolean isRetryable() {
    return failure != null && failure.isRetryable();
  }
}
