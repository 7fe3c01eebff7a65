package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * One object on its way to S3. The thread that calls {@link #run} reads the body; parts are sent by
 * the executor's threads. What fits into one part is one PutObject. Whatever fails first, anywhere,
 * ends everything: the body is closed, requests are broken off, and a multipart upload is aborted
 * before {@link #run} throws.
 */
final class Upload {

  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  private static final String CONTENT_TYPE = "application/octet-stream";

  private final AssumedRole role;
  private final S3Client once;
  private final PutObjectRequest request;
  private final LeadingChecksum checksum;
  private final Body body;
  private final RunHold hold;
  private final PartPlan plan;
  private final Executor executor;

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Sendings sendings;
  private final LastCall lastCall = new LastCall();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean committing;
  private long received;
  private MultipartUpload multipart;

  /**
   * @param request with the credentials to use
   * @param hold whose object it is, and the memory for its parts
   */
  Upload(
      AssumedRole role,
      PutObjectRequest request,
      Body body,
      RunHold hold,
      PartPlan plan,
      Executor executor) {
    this.role = role;
    this.once = role.s3ClientOnce();
    this.request = request;
    this.checksum = LeadingChecksum.of(request, role);
    this.body = body;
    this.hold = hold;
    this.plan = plan;
    this.executor = executor;
    this.sendings = new Sendings(role::abortRequest);
  }

  /**
   * Sends the object, after what earlier attempts have left of it is aborted.
   *
   * @throws RunException if it is not there, or nobody can tell
   */
  PutObjectResponse run() {
    try {
      hold.writing(this::cancel);
      hold.checkPermit();
      if (hold.run() != null) {
        LeftoverUploads.abort(role, request, hold.run());
      }
      return send();
    } catch (Throwable thrown) {
      return giveUp(thrown);
    } finally {
      hold.written();
      ended.countDown();
    }
  }

  /** Gives the upload up, unless all that is missing is S3's last word. */
  void cancel(RunException reason) {
    if (!committing) {
      fail(reason);
    }
  }

  /** Waits until {@link #run} is about to return. */
  boolean awaitEnd(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  private PutObjectResponse send() throws IOException, InterruptedException {
    Part part = new Part(1, plan.sizeOf(1), hold.memory());
    int next = fill(part, body.stream().read());
    if (next < 0 && !EncryptionProof.isNeeded(request)) {
      return putWhole(part);
    }
    beginMultipart(part);
    while (true) {
      start(part, one -> multipart.send(one, checksum, content(one)));
      if (next < 0) {
        break;
      }
      if (part.number() == PartPlan.MOST_PARTS) {
        throw tooLarge();
      }
      part = new Part(part.number() + 1, plan.sizeOf(part.number() + 1), hold.memory());
      next = fill(part, next);
    }
    sendings.await();
    commit();
    return lastCall.make(multipart::complete);
  }

  private int fill(Part part, int first) throws IOException, InterruptedException {
    try {
      int next = part.fill(first, body.stream());
      received += part.length();
      check(next < 0);
      return next;
    } catch (Throwable thrown) {
      part.close();
      throw thrown;
    }
  }

  /** Stops the reading where something else has failed, or where the body is not as declared. */
  private void check(boolean atEnd) {
    throwFailure();
    boolean wrong = atEnd ? received != body.declared() : received > body.declared();
    if (!body.isLive() && wrong) {
      throw new RunException(
          Outcome.UNEXPECTED,
          false,
          "Cannot write "
              + S3Uri.of(request)
              + ": "
              + body.declared()
              + " bytes were announced, "
              + (atEnd ? "" : "more than ")
              + received
              + " came");
    }
  }

  private PutObjectResponse putWhole(Part part) throws InterruptedException {
    AtomicReference<PutObjectResponse> response = new AtomicReference<>();
    try {
      hold.checkPermit();
    } catch (RunException mayNot) {
      part.close();
      throw mayNot;
    }
    PutObjectRequest whole =
        checksum.tell(request.toBuilder(), part::forEachChunk).contentLength(part.length()).build();
    start(part, only -> response.set(lastCall.make(() -> once.putObject(whole, content(only)))));
    sendings.await();
    throwFailure();
    return response.get();
  }

  private void beginMultipart(Part first) {
    try {
      multipart = MultipartUpload.begin(role.s3Client(), once, request, hold);
    } catch (Throwable thrown) {
      first.close();
      throw thrown;
    }
  }

  private void start(Part part, Sendings.Send send) {
    sendings.start(
        part,
        executor,
        () -> {
          if (failure.get() == null) {
            send.send(part);
            hold.acknowledged(part.length());
          }
        },
        this::fail);
  }

  private static RequestBody content(Part part) {
    return RequestBody.fromContentProvider(part, part.length(), CONTENT_TYPE);
  }

  private void commit() {
    hold.checkPermit();
    committing = true;
    throwFailure();
  }

  private void throwFailure() {
    Throwable first = failure.get();
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
    if (first instanceof Error error) {
      throw error;
    }
  }

  /** The first failure counts; it stops the reading and every request. */
  private void fail(Throwable thrown) {
    if (failure.compareAndSet(null, thrown)) {
      body.release();
      sendings.stop();
    }
  }

  /**
   * @return the object, where it is this upload's own after all
   */
  private PutObjectResponse giveUp(Throwable thrown) {
    // Under an interrupt the SDK would refuse to abort what is on the server.
    boolean interrupted = Thread.interrupted() || thrown instanceof InterruptedException;
    fail(thrown);
    Throwable first = failure.get();
    try {
      sendings.awaitStopped();
      if (multipart != null) {
        multipart.abort(first);
      }
      if (first instanceof Error error) {
        throw error;
      }
      return foundOr(first);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Once all is aborted, what stands under the key is S3's last word. */
  private PutObjectResponse foundOr(Throwable first) {
    ObjectFound found = lastCall.isOpen(first) ? ObjectFound.at(once, request) : null;
    if (found != null && found.is(ObjectFound.State.OWN)) {
      LOG.info(
          "{} is there: S3 had stored it, though its answer said otherwise", S3Uri.of(request));
      hold.found(found.head().metadata());
      return found.asAnswer();
    }
    boolean maybeWritten = hold.isMaybeWritten();
    boolean known = found != null && !found.is(ObjectFound.State.UNKNOWN);
    boolean late = known && mayComeLate(first, found);
    if (known && !late) {
      hold.notWritten();
    }
    RunException told = UploadFailure.of(first, role, request, maybeWritten, found);
    throw late ? UploadFailure.mayComeLate(told) : told;
  }

  /**
   * A call that S3 has not answered may be carried out after the look: this attempt's, or an
   * earlier one's that has left it open. Rows that are written once are then written under this
   * key, so that no later run may take them. (A completion comes too late, once its upload is
   * aborted; and what replaces nothing never comes where another's object stands.)
   */
  private boolean mayComeLate(Throwable first, ObjectFound found) {
    boolean barred = request.ifNoneMatch() != null && found.is(ObjectFound.State.FOREIGN);
    boolean open =
        LastCall.isUnanswered(first) && (multipart == null || multipart.mayBeOpen())
            || hold.isMaybeWritten();
    return hold.hasRange() && open && !barred;
  }

  private RunException tooLarge() {
    return new RunException(
        Outcome.CONFIGURATION,
        false,
        "Cannot write "
            + S3Uri.of(request)
            + ": the object is larger than "
            + ByteSize.text(plan.largestObject())
            + ", the most that 10,000 parts can be with parts from "
            + ByteSize.text(plan.partSize())
            + " and "
            + ByteSize.text(plan.memory())
            + " of buffers. Raise partSize or parallelParts, and with them the heap (-Xmx)");
  }
}
