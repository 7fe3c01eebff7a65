package dev.writeback.s3;

import dev.writeback.run.RunException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * A role's session for as long as one upload takes. Its keys are renewed in the background when a
 * third of their life is left (at most 5 minutes), and by whoever needs them when a tenth is left
 * (at most 1 minute). Each set of keys is renewed at most by these two calls: where both fail, the
 * keys serve to their end, and then the failure is told. Thread-safe; one call at a time.
 */
final class RoleSession implements AwsCredentialsProvider, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RoleSession.class);
  private static final int LONGEST_NAME = 64;
  private static final Duration TRUSTED_CLOCK = Duration.ofMinutes(1);

  private final AssumedRole role;
  private final StsConnection sts;
  private final AssumeRoleRequest request;
  private final ReentrantLock renewal = new ReentrantLock();
  private volatile Keys keys;
  private volatile Thread background;
  private volatile boolean closed;

  RoleSession(AssumedRole role, StsConnection sts, String runId, String policy) {
    this.role = role;
    this.sts = sts;
    this.request =
        AssumeRoleRequest.builder()
            .roleArn(role.getRoleArn())
            .externalId(role.getExternalId())
            .roleSessionName(name(role.getRoleSessionName(), runId))
            .durationSeconds((int) role.getSessionDuration().toSeconds())
            .policy(policy)
            .build();
  }

  /**
   * @throws RunException if the role cannot be assumed
   */
  @Override
  public AwsCredentials resolveCredentials() {
    Keys present = keys;
    if (present == null || present.left().compareTo(present.stale) < 0) {
      return renew(present, Keys::claimLastCall).credentials;
    }
    if (present.left().compareTo(present.prefetch) < 0 && present.claimFirstCall()) {
      renewInBackground(present);
    }
    return present.credentials;
  }

  /** How long the present keys live; null where there are none, or nobody needs them any more. */
  Duration left() {
    Keys present = keys;
    return present == null || closed ? null : present.left();
  }

  /** Breaks off a renewal in the background. The keys themselves end when their time is over. */
  @Override
  public void close() {
    closed = true;
    Thread thread = background;
    if (thread != null) {
      thread.interrupt();
      sts.abort(thread);
    }
  }

  private void renewInBackground(Keys present) {
    Thread thread = new Thread(() -> renewQuietly(present), "writeback-role-session");
    thread.setDaemon(true);
    background = thread;
    thread.start();
  }

  private void renewQuietly(Keys present) {
    // Here, not before the start: a thread that does not run yet cannot be interrupted.
    if (closed) {
      return;
    }
    try {
      renew(present, first -> true);
    } catch (RuntimeException told) {
      LOG.debug("The next one who needs the keys is told", told);
    }
  }

  /**
   * @param claim whether the call may be made for these keys
   */
  private Keys renew(Keys old, Predicate<Keys> claim) {
    try {
      renewal.lockInterruptibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while waiting for new keys", interrupted);
    }
    try {
      if (keys != old) {
        return keys;
      }
      if (old == null || claim.test(old)) {
        return assume(old);
      }
      return old.orFailure();
    } finally {
      renewal.unlock();
    }
  }

  private Keys assume(Keys old) {
    try {
      keys = assume();
      return keys;
    } catch (RuntimeException refused) {
      RunException failure = AssumeRoleFailure.of(refused, role, request);
      if (old == null) {
        throw failure;
      }
      if (!closed) {
        LOG.warn(
            "{} could not be assumed again; its keys live for another {} s: {}",
            role.getRoleArn(),
            Math.max(0, old.left().toSeconds()),
            failure.getMessage());
      }
      old.failure = failure;
      return old.orFailure();
    }
  }

  private Keys assume() {
    AssumeRoleResponse response = sts.client().assumeRole(request);
    Credentials minted = response.credentials();
    return new Keys(
        AwsSessionCredentials.builder()
            .accessKeyId(minted.accessKeyId())
            .secretAccessKey(minted.secretAccessKey())
            .sessionToken(minted.sessionToken())
            .expirationTime(minted.expiration())
            .build(),
        Duration.between(now(response), minted.expiration()));
  }

  /** The STS's time where this machine's clock is far from it, so that only lives are compared. */
  private static Instant now(AssumeRoleResponse response) {
    Instant here = Instant.now();
    return ClockSkew.time(response.sdkHttpResponse())
        .filter(there -> Duration.between(here, there).abs().compareTo(TRUSTED_CLOCK) > 0)
        .orElse(here);
  }

  private static String name(String name, String runId) {
    boolean fits = runId != null && name.length() + 1 + runId.length() <= LONGEST_NAME;
    return fits ? name + "-" + runId : name;
  }

  /** One set of keys, and what was done to renew it. */
  private static final class Keys {

    private final AwsSessionCredentials credentials;
    private final long end;
    private final Duration prefetch;
    private final Duration stale;
    private final AtomicBoolean firstCall = new AtomicBoolean();
    private final AtomicBoolean lastCall = new AtomicBoolean();
    private volatile RunException failure;

    Keys(AwsSessionCredentials credentials, Duration life) {
      this.credentials = credentials;
      this.end = System.nanoTime() + life.toNanos();
      this.prefetch = shorter(Duration.ofMinutes(5), life.dividedBy(3));
      this.stale = shorter(Duration.ofMinutes(1), life.dividedBy(10));
    }

    Duration left() {
      return Duration.ofNanos(end - System.nanoTime());
    }

    boolean claimFirstCall() {
      return firstCall.compareAndSet(false, true);
    }

    boolean claimLastCall() {
      return lastCall.compareAndSet(false, true);
    }

    Keys orFailure() {
      if (left().isNegative() && failure != null) {
        throw failure;
      }
      return this;
    }

    private static Duration shorter(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }
  }
}
