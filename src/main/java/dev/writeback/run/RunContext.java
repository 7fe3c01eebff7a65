package dev.writeback.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
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

  /**
   * The exchange property with the slot that somebody asked for: an {@link Instant}, or a {@link
   * java.time.LocalDateTime} in the job's zone.
   */
  public static final String SLOT = "writebackSlot";

  /** The exchange property with the trigger's {@link ZoneId}, where its route did not fire. */
  public static final String TRIGGER_ZONE = "writebackTriggerZone";

  /** The name, in the object's user metadata, of the run's id. */
  public static final String METADATA_RUN_ID = "run-id";

  private final String id = UUID.randomUUID().toString();
  private final String job;
  private final Instant slot;
  private final ZoneId zone;
  private final Instant started = Instant.now();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesWritten = new AtomicLong();

  private int attempt;
  private String dataSetId;
  private String dataSetName;
  private Instant dataSetUpdated;
  private String bucket;
  private String key;
  private String fileName;
  private String contentType;
  private volatile String eTag;
  private volatile String versionId;
  private volatile Outcome outcome;
  private volatile RunException failure;

  /**
   * @param job the id of the job's route
   * @param slot the moment that the run is for: its scheduled fire time, not the time it starts
   * @param zone the zone in which the job's macros are evaluated
   */
  public RunContext(String job, Instant slot, ZoneId zone) {
    this.job = job;
    this.slot = slot;
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
    return ++attempt;
  }

  /**
   * The object's user metadata: which run wrote it, of which job, slot and state of the DataSet.
   */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("job", ascii(job));
    metadata.put(METADATA_RUN_ID, id);
    metadata.put("slot", slot.toString());
    metadata.put("dataset-id", dataSetId);
    if (dataSetUpdated != null) {
      metadata.put("dataset-updated", dataSetUpdated.toString());
    }
    return metadata;
  }

  /**
   * S3 keeps ASCII alone; of anything else the signature would be wrong. Other text goes as RFC
   * 2047 says (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">Amazon S3 User
   * Guide, "User-defined object metadata"</a>).
   */
  private static String ascii(String text) {
    boolean plain = text.chars().allMatch(character -> character >= ' ' && character <= '~');
    return plain
        ? text
        : "=?UTF-8?B?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
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

  /** 1 for the first attempt; 0 before it. */
  public int getAttempt() {
    return attempt;
  }

  /** The time since the run was made. */
  public Duration elapsed() {
    return Duration.between(started, Instant.now());
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

  public String getBucket() {
    return bucket;
  }

  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  /** The object's key; never holds {@code ${}, so that Camel does not take it for an expression. */
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
  }

  /** This attempt failed. A failure after {@link #done} does not undo what S3 has confirmed. */
  public void failed(RunException failure) {
    if (!isDone()) {
      this.failure = failure;
      outcome = failure.outcome();
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
