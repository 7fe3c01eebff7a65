package dev.writeback.ledger;

import dev.writeback.run.Compression;
import dev.writeback.run.EncryptionMethod;
import dev.writeback.run.Format;
import dev.writeback.run.ObjectNaming;
import dev.writeback.run.SelectFilename;
import dev.writeback.run.Verify;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** The run of a job, from its slot to its outcome. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "ledger",
    title = "Writeback Ledger",
    syntax = "ledger:operation",
    producerOnly = true,
    category = {Category.DATABASE})
public class LedgerEndpoint extends DefaultEndpoint {

  @UriPath(description = "The place in the chain.")
  @Metadata(required = true)
  private LedgerOperation operation;

  @UriParam(
      description =
          "open: the job's name, the id of its route. By default the route that the exchange comes from.")
  private String job;

  @UriParam(
      description =
          "open: the zone of the job's dates, such as America/Denver. By default the trigger's; UTC"
              + " for a job without a trigger.")
  private String timeZone;

  @UriParam(
      description =
          "open: the DataSet that the run reads: its id, its exact name or the address of its page.")
  private String dataSet;

  @UriParam(
      description =
          "open: how often a failed run of this job is repeated. By default as the route's"
              + " configuration says.")
  private Integer retries;

  @UriParam(
      description =
          "open: the first pause before a repetition, such as 30s. By default as the route's"
              + " configuration says.",
      javaType = "java.time.Duration")
  private Duration retryDelay;

  @UriParam(
      description =
          "open: the longest pause before a repetition, such as 15m. By default as the route's"
              + " configuration says.",
      javaType = "java.time.Duration")
  private Duration retryDelayLimit;

  @UriParam(
      description =
          "open: an alert is raised when the job has had no complete object for longer than this,"
              + " such as 26h.",
      javaType = "java.time.Duration")
  private Duration freshWithin;

  @UriParam(description = "alert: what has happened.", enums = "failed,recovered")
  private Alert.Event event;

  @UriParam(description = "intent: the folder of the object.")
  private String path;

  @UriParam(
      description = "intent: where the file name comes from.",
      enums = "enter,datasetId,datasetName",
      defaultValue = "enter")
  private SelectFilename selectFilename = SelectFilename.ENTER;

  @UriParam(description = "intent: the file name, where it is entered.")
  private String fileName;

  @UriParam(
      description = "intent: the extension without its dot, or none. By default the format's.")
  private String fileExtension;

  @UriParam(
      description = "intent: what the records are written as.",
      enums = "csv,jsonl",
      defaultValue = "csv")
  private Format format = Format.CSV;

  @UriParam(
      description = "intent: how the file is compressed.",
      enums = "none,gzip,zip,zstd,bzip2",
      defaultValue = "none")
  private Compression compression = Compression.NONE;

  @UriParam(description = "intent: whether the name tells the compression.", defaultValue = "true")
  private boolean compressionSuffix = true;

  @UriParam(
      description =
          "intent: whether S3 is told the compression as the Content-Encoding; name and content"
              + " type are then those of the plain file.")
  private boolean contentEncoding;

  @UriParam(
      description = "intent: how the object is encrypted; pgp shows in its name.",
      enums = "none,sse-s3,sse-kms,dsse-kms,sse-c,pgp",
      defaultValue = "none")
  private EncryptionMethod encryptionMethod = EncryptionMethod.NONE;

  @UriParam(
      description =
          "intent: whether a DataSet that Domo has not updated since the job's last complete object"
              + " is left alone. Needs a ledger with a database.",
      defaultValue = "false")
  private boolean skipUnchanged;

  @UriParam(
      description =
          "intent: whether the run writes what is above the job's last complete object, of the"
              + " range that an earlier step has set. Needs a ledger with a database.",
      defaultValue = "false")
  private boolean onlyNewData;

  @UriParam(
      description = "intent: what is new where the job has no complete object.",
      enums = "all,lastExecution",
      defaultValue = "all")
  private FirstRun firstRun = FirstRun.ALL;

  @UriParam(
      description =
          "intent: what becomes of an increment where rows without a _BATCH_ID_ have arrived, which"
              + " it cannot place. strict fails it, warn says so, off does not look.",
      enums = "strict,warn,off",
      defaultValue = "strict")
  private Verify verify = Verify.STRICT;

  @UriParam(
      prefix = "setting.",
      multiValue = true,
      description =
          "intent: what else decides the bytes and attributes of the object, by any name. Where one"
              + " was another for the last complete object, the DataSet does not count as"
              + " unchanged.")
  private Map<String, Object> settings = Map.of();

  public LedgerEndpoint(String uri, LedgerComponent component) {
    super(uri, component);
  }

  @Override
  public Producer createProducer() {
    return switch (operation) {
      case OPEN -> new OpenProducer(this);
      case INTENT ->
          new IntentProducer(
              this, checkedNaming(), new NewData(skipUnchanged, onlyNewData, firstRun, verify));
      case DONE -> new DoneProducer(this);
      case CLOSE -> new CloseProducer(this);
      case ALERT -> new AlertProducer(this);
      case STALE -> new StaleProducer(this);
    };
  }

  private ObjectNaming checkedNaming() {
    ObjectNaming naming =
        new ObjectNaming(
            path,
            selectFilename,
            fileName,
            fileExtension,
            format,
            compression,
            compressionSuffix,
            contentEncoding,
            encryptionMethod);
    List<String> problems = naming.problems();
    if (!problems.isEmpty()) {
      throw new RuntimeCamelException(String.join("; ", problems));
    }
    return naming;
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new RuntimeCamelException("ledger: is written to, nothing can be received from it");
  }

  /** What decides the bytes and attributes of the object, by the names of the options. */
  Map<String, String> allSettings() {
    Map<String, String> all = new TreeMap<>();
    settings.forEach((name, value) -> all.put(name, String.valueOf(value).replace('\n', ' ')));
    all.put("onlyNewData", String.valueOf(onlyNewData));
    all.put("format", format.name());
    all.put("compression", compression.name());
    all.put("contentEncoding", String.valueOf(contentEncoding));
    all.put("encryptionMethod", encryptionMethod.name());
    return all;
  }

  LedgerComponent ledger() {
    return (LedgerComponent) getComponent();
  }

  public LedgerOperation getOperation() {
    return operation;
  }

  public void setOperation(LedgerOperation operation) {
    this.operation = operation;
  }

  public String getJob() {
    return job;
  }

  public void setJob(String job) {
    this.job = job;
  }

  public String getTimeZone() {
    return timeZone;
  }

  public void setTimeZone(String timeZone) {
    this.timeZone = timeZone;
  }

  public String getDataSet() {
    return dataSet;
  }

  public void setDataSet(String dataSet) {
    this.dataSet = dataSet;
  }

  public Integer getRetries() {
    return retries;
  }

  public void setRetries(Integer retries) {
    this.retries = retries;
  }

  public Duration getRetryDelay() {
    return retryDelay;
  }

  public void setRetryDelay(Duration retryDelay) {
    this.retryDelay = retryDelay;
  }

  public Duration getRetryDelayLimit() {
    return retryDelayLimit;
  }

  public void setRetryDelayLimit(Duration retryDelayLimit) {
    this.retryDelayLimit = retryDelayLimit;
  }

  public Duration getFreshWithin() {
    return freshWithin;
  }

  public void setFreshWithin(Duration freshWithin) {
    this.freshWithin = freshWithin;
  }

  public Alert.Event getEvent() {
    return event;
  }

  public void setEvent(Alert.Event event) {
    this.event = event;
  }

  public String getPath() {
    return path;
  }

  public void setPath(String path) {
    this.path = path;
  }

  public SelectFilename getSelectFilename() {
    return selectFilename;
  }

  public void setSelectFilename(SelectFilename selectFilename) {
    this.selectFilename = selectFilename;
  }

  public String getFileName() {
    return fileName;
  }

  public void setFileName(String fileName) {
    this.fileName = fileName;
  }

  public String getFileExtension() {
    return fileExtension;
  }

  public void setFileExtension(String fileExtension) {
    this.fileExtension = fileExtension;
  }

  public Format getFormat() {
    return format;
  }

  public void setFormat(Format format) {
    this.format = format;
  }

  public boolean isContentEncoding() {
    return contentEncoding;
  }

  public void setContentEncoding(boolean contentEncoding) {
    this.contentEncoding = contentEncoding;
  }

  public EncryptionMethod getEncryptionMethod() {
    return encryptionMethod;
  }

  public void setEncryptionMethod(EncryptionMethod encryptionMethod) {
    this.encryptionMethod = encryptionMethod;
  }

  public Compression getCompression() {
    return compression;
  }

  public void setCompression(Compression compression) {
    this.compression = compression;
  }

  public boolean isSkipUnchanged() {
    return skipUnchanged;
  }

  public void setSkipUnchanged(boolean skipUnchanged) {
    this.skipUnchanged = skipUnchanged;
  }

  public boolean isOnlyNewData() {
    return onlyNewData;
  }

  public void setOnlyNewData(boolean onlyNewData) {
    this.onlyNewData = onlyNewData;
  }

  public FirstRun getFirstRun() {
    return firstRun;
  }

  public void setFirstRun(FirstRun firstRun) {
    this.firstRun = firstRun;
  }

  public Verify getVerify() {
    return verify;
  }

  public void setVerify(Verify verify) {
    this.verify = verify;
  }

  public Map<String, Object> getSettings() {
    return settings;
  }

  public void setSettings(Map<String, Object> settings) {
    this.settings = settings;
  }

  public boolean isCompressionSuffix() {
    return compressionSuffix;
  }

  public void setCompressionSuffix(boolean compressionSuffix) {
    this.compressionSuffix = compressionSuffix;
  }
}
