package dev.writeback.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * The sandbox's S3: one bucket, {@link Sandbox#BUCKET}, behind a door that lets in only who signs
 * with a key of the sandbox's STS, brings its session token, comes before it expires, and stays
 * within its session policy. Thread-safe.
 */
public final class SandboxS3 implements AutoCloseable {

  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "x-amz-security-token", "x-amz-server-side-encryption-customer-key");

  private static final Set<S3Fault.Kind> FAILURES =
      Set.of(
          S3Fault.Kind.REFUSE,
          S3Fault.Kind.STORE_AND_REFUSE,
          S3Fault.Kind.STORE_AND_RESET,
          S3Fault.Kind.RESET);

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

  /** How many requests of one operation have succeeded. */
  public long succeeded(S3Operation operation) {
    return calls(operation).stream().filter(call -> call.status() / 100 == 2).count();
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

  /** What an object that is there has for its content. */
  InputStream open(String key) throws IOException {
    return store.open(key);
  }

  /** Puts an object there, as if somebody else had. */
  public void put(String key, byte[] bytes) {
    store.put(key, bytes);
  }

  /** Empties the bucket, and aborts what is being uploaded. */
  public void empty() {
    store.empty();
  }

  /** The ids of the multipart uploads that were begun and neither completed nor aborted. */
  public List<String> openUploads() {
    return store.openUploads();
  }

  /**
   * Lets something go wrong. A request may be slow, without its encryption, and fail, all at once;
   * of several failures that fit, the oldest hits it.
   */
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
    exchange.getResponseHeaders().set("x-amz-request-id", requestId);
    S3Answer answer;
    int status = 0;
    String error = null;
    try {
      answer = answer(exchange, target, body);
      status = answer.status();
    } catch (AwsError e) {
      // An answer before the end of the body would be lost with the connection.
      body.transferTo(OutputStream.nullOutputStream());
      answer = e.answer(exchange.getRequestURI().getPath(), requestId);
      status = e.status();
      error = e.code();
    } finally {
      // Before the answer goes out: who has it finds the call here.
      calls.add(call(at, exchange, target, body.count(), status, error));
    }
    answer.send(exchange);
  }

  private S3Answer answer(HttpExchange exchange, S3Target target, MeteredInputStream body)
      throws IOException, AwsError {
    Optional<S3Fault> redirect = faults.take(fault -> fault.isRedirect() && fault.fits(target));
    if (redirect.isPresent()) {
      throw told(redirect.get());
    }
    SessionKeys.SessionKey key = door.check(exchange, target);
    fault(target, Set.of(S3Fault.Kind.SLOW)).ifPresent(slow -> body.limit(slow.bytes()));
    S3Fault failure = fault(target, FAILURES).orElse(null);
    if (failure != null && failure.kind() == S3Fault.Kind.RESET) {
      body.skip(failure.bytes());
      throw new IOException("Reset by the sandbox, as it was told to");
    }
    if (failure != null && failure.kind() == S3Fault.Kind.REFUSE) {
      throw told(failure);
    }
    S3Answer answer = store.serve(target, exchange, body);
    if (failure != null) {
      answer.body().close();
      if (failure.kind() == S3Fault.Kind.STORE_AND_RESET) {
        throw new IOException("Stored, and reset by the sandbox, as it was told to");
      }
      throw told(failure);
    }
    door.hideAbsence(key, target, answer.status());
    boolean ignoresEncryption = fault(target, Set.of(S3Fault.Kind.IGNORE_ENCRYPTION)).isPresent();
    return ignoresEncryption ? answer.withoutEncryption() : answer;
  }

  private Optional<S3Fault> fault(S3Target target, Set<S3Fault.Kind> kinds) {
    return faults.take(fault -> kinds.contains(fault.kind()) && fault.fits(target));
  }

  private static AwsError told(S3Fault fault) {
    String words =
        fault.message() == null ? "Refused by the sandbox, as it was told to." : fault.message();
    return new AwsError(fault.status(), fault.code(), words);
  }

  private static S3Call call(
      Instant at, HttpExchange exchange, S3Target target, long bytes, int status, String error) {
    return new S3Call(
        at,
        target.operation(),
        target.bucket(),
        target.key(),
        target.uploadId(),
        target.partNumber(),
        S3Door.accessKeyId(exchange),
        RequestHeaders.masked(exchange, SECRET_HEADERS),
        bytes,
        status,
        error);
  }

  @Override
  public void close() {
    store.close();
  }
}
