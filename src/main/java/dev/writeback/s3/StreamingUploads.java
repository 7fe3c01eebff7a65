package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunMetadata;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What uploads objects as a role: a live stream of unknown length goes up in parallel parts, in
 * memory that does not grow, and is there when it is whole, or not at all. {@link
 * StreamingS3Client} brings it behind Camel's own {@code aws2-s3} producer.
 *
 * <p>Made for one Kamelet: {@code role} is required; {@link #close} is the bean's destroy method.
 * Thread-safe.
 *
 * <p>Memory is {@code partSize} times {@code parallelParts} (by default 8 MiB and 4), taken from
 * the {@link BufferBudget}. It also decides how large an object may become: see {@link PartPlan}.
 */
public final class StreamingUploads implements CamelContextAware, AutoCloseable {

  static final String ANY_OBJECT = "*";

  private final PartThreads threads = new PartThreads();
  private final Map<String, RunHold> holds = new ConcurrentHashMap<>();
  private final UploadMemory memory = new UploadMemory();
  private final Set<Upload> uploads = ConcurrentHashMap.newKeySet();
  private final ObjectOptions object = new ObjectOptions();
  private AssumedRole role;
  private CamelContext camelContext;
  private String bucket;
  private boolean overwrite = true;
  private long partSize = 8 * ByteSize.MIB;
  private int parallelParts = 4;
  private ClosingTime closing = new ClosingTime();
  private volatile boolean closed;

  /**
   * @throws RunException if it is missing
   */
  public AssumedRole getRole() {
    if (role == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "role is missing. Right is the name of a bean of " + AssumedRole.class.getName());
    }
    return role;
  }

  /** The role that writes. Required; not closed with these uploads. */
  public void setRole(AssumedRole role) {
    this.role = role;
  }

  /** The bucket of the runs. Default: the role's. */
  public String getBucket() {
    return bucket == null || bucket.isBlank() ? getRole().getBucket() : bucket;
  }

  /** Blank means the role's bucket, so that a Kamelet's parameter may be left empty. */
  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  /**
   * Whether an object of the same name is replaced. Default: true, where a request does not say
   * otherwise itself. It stands here beside the producer's {@code conditionalWritesEnabled}, since
   * a Kamelet's parameter cannot be negated.
   */
  public void setOverwrite(boolean overwrite) {
    this.overwrite = overwrite;
  }

  /** What is asked for each object: encryption, tags and so on. Never null. */
  public ObjectOptions getObject() {
    return object;
  }

  /**
   * The size of the first parts, like {@code 16MiB}: 5 MiB to 5 GiB. Default: 8 MiB.
   *
   * @throws IllegalArgumentException if it is not such a size
   */
  public void setPartSize(String partSize) {
    long bytes = ByteSize.parse("partSize", partSize);
    if (bytes < PartPlan.SMALLEST_PART || bytes > PartPlan.LARGEST_PART) {
      throw new IllegalArgumentException(
          "partSize is out of range: '" + partSize + "'. Right is 5MiB to 5GiB");
    }
    this.partSize = (bytes + BufferBudget.CHUNK - 1) / BufferBudget.CHUNK * BufferBudget.CHUNK;
  }

  /**
   * How many of the first parts are in memory, and all but one of them on their way, at a time: 1
   * to 64. Default: 4.
   *
   * @throws IllegalArgumentException if it is not such a number
   */
  public void setParallelParts(int parallelParts) {
    if (parallelParts < 1 || parallelParts > 64) {
      throw new IllegalArgumentException(
          "parallelParts is out of range: " + parallelParts + ". Right is 1 to 64");
    }
    this.parallelParts = parallelParts;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
    threads.setCamelContext(camelContext);
    closing = ClosingTime.of(camelContext);
    closing.add(this);
  }

  /**
   * Takes the memory that this exchange's run will need, waiting in line until it is there: the
   * step before anything is fetched. Also tells the run its bucket where it has none. Does nothing
   * for a run that has its memory already.
   *
   * @throws RunException if the exchange has no run, or these uploads are being closed
   */
  public void reserve(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    if (run == null) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "Cannot reserve memory: there is no run in the exchange property "
              + RunContext.PROPERTY
              + ". A step of ledger:open comes first");
    }
    if (run.getBucket() == null) {
      run.setBucket(bucketOfTheRun());
    }
    if (!holds.containsKey(run.getId())) {
      holds.put(
          run.getId(),
          new RunHold(
              run, memory.take(BufferBudget.of(exchange.getContext()), partSize, parallelParts)));
    }
  }

  private String bucketOfTheRun() {
    String named = getBucket();
    if (named == null || named.isBlank()) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "bucket is missing: neither the job nor its role names one. Set it on the role");
    }
    return named;
  }

  /** Gives the memory of this exchange's run back. Idempotent. */
  public void release(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    RunHold hold = run == null ? null : holds.remove(run.getId());
    if (hold != null) {
      hold.memory().close();
    }
  }

  /**
   * Writes an object. A stream that fails leaves none; neither does one of another length than was
   * declared (0 declares nothing).
   *
   * @throws RunException if the object is not there, or nobody can tell
   */
  PutObjectResponse put(PutObjectRequest request, RequestBody requestBody) {
    RunHold hold = holds.get(request.metadata().getOrDefault(RunMetadata.RUN_ID, ""));
    Body body = Body.of(request, requestBody);
    if (hold == null) {
      BufferBudget budget =
          camelContext == null ? BufferBudget.OF_NO_CONTEXT : BufferBudget.of(camelContext);
      try (BufferReservation own = memory.take(budget, partSize, parallelParts)) {
        return upload(request, body, new RunHold(null, own));
      }
    }
    if (!body.isLive()) {
      body.release();
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "Cannot write "
              + S3Uri.of(request)
              + ": the body was buffered on its way ("
              + ByteSize.text(body.declared())
              + "), which a run is not to do. Switch stream caching off for the route"
              + " (streamCache: \"false\") and leave no step between the stream and aws2-s3 that"
              + " reads it");
    }
    PutObjectResponse response = upload(request, body, hold);
    hold.run().setETag(response.eTag());
    hold.run().setVersionId(response.versionId());
    return response;
  }

  /**
   * Gives up the uploads under way, aborts them on the server, and waits for that, at most 30
   * seconds; all those of a context that stops share them. Later uploads are refused. The role is
   * left open.
   */
  @Override
  public void close() {
    closing.close(this);
    threads.close();
  }

  /** Ends the waiting for memory and the uploads, those to come too; does not wait. */
  void giveUp() {
    closed = true;
    memory.close();
    uploads.forEach(upload -> upload.cancel(UploadMemory.stopping()));
  }

  /** Waits until what was given up has ended, or until this moment of {@link System#nanoTime}. */
  void awaitEnd(long end) {
    try {
      for (Upload upload : uploads) {
        upload.awaitEnd(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private PutObjectResponse upload(PutObjectRequest request, Body body, RunHold hold) {
    AssumedRole role = getRole();
    PutObjectRequest wanted = wanted(request);
    String runId = hold.run() == null ? null : hold.run().getId();
    try (RoleSession session = role.openSession(wanted, runId)) {
      hold.session(session);
      return run(
          new Upload(
              role,
              withCredentials(wanted, session),
              body,
              hold,
              new PartPlan(partSize, hold.memory().size()),
              threads.executor()));
    } catch (Throwable thrown) {
      body.release();
      throw thrown;
    }
  }

  private PutObjectRequest wanted(PutObjectRequest request) {
    PutObjectRequest whole = object.on(request, getRole(), camelContext);
    return overwrite ? whole : whole.toBuilder().ifNoneMatch(ANY_OBJECT).build();
  }

  private PutObjectResponse run(Upload upload) {
    uploads.add(upload);
    try {
      if (closed) {
        upload.cancel(UploadMemory.stopping());
      }
      return upload.run();
    } finally {
      uploads.remove(upload);
    }
  }

  private static PutObjectRequest withCredentials(PutObjectRequest request, RoleSession session) {
    AwsRequestOverrideConfiguration override =
        request
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder)
            .credentialsProvider(session)
            .build();
    return request.toBuilder().overrideConfiguration(override).build();
  }
}
