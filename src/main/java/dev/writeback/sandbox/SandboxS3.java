package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * The sandbox's S3: one bucket, {@link Sandbox#BUCKET}, behind a door that lets in only who signs
 * with a key of the sandbox's STS, brings its session token, and comes before it expires.
 * Thread-safe.
 */
public final class SandboxS3 implements AutoCloseable {

  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "x-amz-security-token", "x-amz-server-side-encryption-customer-key");

  private final S3Door door;
  private final ObjectStore store;
  private final List<S3Call> calls = new CopyOnWriteArrayList<>();
  private final Faults<S3Fault> faults = new Faults<>();

  SandboxS3(SessionKeys keys, ObjectStore store) {
    this.door = new S3Door(keys);
    this.store = store;
  }

  /** Every request so far, oldest first. */
  public List<S3Call> calls() {
    return List.copyOf(calls);
  }

  /** The requests of one operation so far, oldest first. */
  public List<S3Call> calls(S3Operation operation) {
    return calls.stream().filter(call -> call.operation() == operation).toList();
  }

  /** The ids of all keys that requests were signed with. */
  public Set<String> keysSeen() {
    return calls.stream()
        .map(S3Call::accessKeyId)
        .filter(id -> id != null)
        .collect(Collectors.toSet());
  }

  /** What is in the bucket. */
  public List<StoredObject> objects() {
    return store.objects();
  }

  public Optional<StoredObject> object(String key) {
    return objects().stream().filter(object -> object.key().equals(key)).findFirst();
  }

  /**
   * The bytes of an object that is there.
   *
   * @throws UnsupportedOperationException where the sandbox was started with the hashing sink
   */
  public byte[] bytes(String key) {
    return store.bytes(key);
  }

  /** The ids of the multipart uploads that were begun and neither completed nor aborted. */
  public List<String> openUploads() {
    return store.openUploads();
  }

  /** Lets something go wrong; of several faults that fit a request, the oldest hits it. */
  public void inject(S3Fault fault) {
    faults.add(fault, fault.times());
  }

  /** Ends every fault. */
  public void heal() {
    faults.clear();
  }

  void handle(HttpExchange exchange) throws IOException {
    Instant at = Instant.now();
    S3Target target = S3Target.of(exchange);
    MeteredInputStream body = new MeteredInputStream(exchange.getRequestBody());
    String requestId = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    int status = 0;
    String error = null;
    try {
      exchange.getResponseHeaders().set("x-amz-request-id", requestId);
      S3Answer answer = answer(exchange, target, body);
      status = answer.status();
      answer.send(exchange);
    } catch (AwsError e) {
      status = e.status();
      error = e.code();
      // An answer before the end of the body would be lost with the connection.
      body.transferTo(java.io.OutputStream.nullOutputStream());
      Reply.xml(exchange, status, e.s3Xml(exchange.getRequestURI().getPath(), requestId));
    } finally {
      calls.add(call(at, exchange, target, body.count(), status, error));
    }
  }

  private S3Answer answer(HttpExchange exchange, S3Target target, MeteredInputStream body)
      throws IOException, AwsError {
    door.check(exchange, target);
    S3Fault fault = faults.take(candidate -> candidate.fits(target)).orElse(null);
    if (fault == null) {
      return store.serve(target, exchange, body);
    }
    switch (fault.kind()) {
      case REFUSE -> throw told(fault);
      case RESET -> {
        body.readNBytes((int) Math.min(fault.bytes(), Integer.MAX_VALUE - 8));
        throw new IOException("Reset by the sandbox, as it was told to");
      }
      case SLOW -> {
        body.limit(fault.bytes());
        return store.serve(target, exchange, body);
      }
      case STORE_AND_REFUSE -> {
        try (InputStream answer = store.serve(target, exchange, body).body()) {
          answer.readAllBytes();
        }
        throw told(fault);
      }
      case IGNORE_ENCRYPTION -> {
        return store.serve(target, exchange, body).withoutEncryption();
      }
    }
    throw new IllegalStateException("No such kind: " + fault.kind());
  }

  private static AwsError told(S3Fault fault) {
    return new AwsError(fault.status(), fault.code(), "Refused by the sandbox, as it was told to.");
  }

  private static S3Call call(
      Instant at, HttpExchange exchange, S3Target target, long bytes, int status, String error) {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              headers.put(lower, SECRET_HEADERS.contains(lower) ? "***" : String.join(",", values));
            });
    return new S3Call(
        at,
        target.operation(),
        target.bucket(),
        target.key(),
        target.uploadId(),
        target.partNumber(),
        S3Door.accessKeyId(exchange),
        headers,
        bytes,
        status,
        error);
  }

  @Override
  public void close() {
    store.close();
  }
}
