package dev.writeback.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.StsCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

@Timeout(60)
class RoleSessionTest {

  private static final String RUN_ID = "0b0f8f0a-9d1c-4a43-9b59-6e0f0d1c2b3a";
  private static final PutObjectRequest OBJECT =
      PutObjectRequest.builder().bucket(Sandbox.BUCKET).key("finance/sales.csv").build();

  private Sandbox sandbox;
  private AssumedRole role;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start();
    role = SandboxRole.of(sandbox);
  }

  @AfterEach
  void stop() {
    role.close();
    sandbox.close();
  }

  @Test
  void everyOptionReachesTheSts() {
    role.setSessionDuration(Duration.ofMinutes(20));

    try (RoleSession session = role.openSession(OBJECT, RUN_ID)) {
      assertThat(sandbox.sts().calls()).as("before its keys are asked for").isEmpty();
      session.resolveCredentials();
      session.resolveCredentials();
    }

    assertThat(sandbox.sts().calls()).hasSize(1);
    StsCall call = sandbox.sts().calls().get(0);
    assertThat(call.accessKeyId()).isEqualTo(Sandbox.ACCESS_KEY_ID);
    assertThat(call.roleArn()).isEqualTo(Sandbox.ROLE_ARN);
    assertThat(call.externalId()).isEqualTo(Sandbox.EXTERNAL_ID);
    assertThat(call.roleSessionName()).isEqualTo("writeback-" + RUN_ID);
    assertThat(call.durationSeconds()).isEqualTo(1200);
    assertThat(call.policy())
        .contains("arn:aws:s3:::landing/finance/sales.csv")
        .contains("s3:PutObject");
  }

  @Test
  void thePolicyCanBeSwitchedOffAndALongNameStaysAlone() {
    role.setSessionPolicy(false);
    role.setRoleSessionName("the-name-of-a-session-that-is-quite-long");

    try (RoleSession session = role.openSession(OBJECT, RUN_ID)) {
      session.resolveCredentials();
    }

    assertThat(sandbox.sts().calls().get(0).policy()).isNull();
    assertThat(sandbox.sts().calls().get(0).roleSessionName())
        .isEqualTo("the-name-of-a-session-that-is-quite-long");
  }

  @Test
  void aWrongExternalIdIsToldInWords() {
    role.setExternalId("wrong-external-id");

    RunException failure = failure();

    assertThat(failure.outcome()).isEqualTo(Outcome.CREDENTIALS);
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure)
        .hasMessageContaining(Sandbox.ROLE_ARN)
        .hasMessageContaining("External id sent: wr...id (17 characters)")
        .hasMessageContaining("sts:ExternalId")
        .hasMessageNotContaining("wrong-external-id");
  }

  @Test
  void aWrongSecretIsToldApartFromARefusal() {
    role.setSecretKey("not-the-secret");

    assertThat(failure())
        .hasMessageContaining("the STS does not know the keys of this process")
        .hasMessageContaining("accessKey AK...SA");
  }

  @Test
  void anStsThatIsDownIsWorthAnotherTry() {
    sandbox.sts().setDown(true);

    RunException failure = failure();

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("the STS at " + sandbox.stsUrl());
  }

  @Test
  void keysAreRenewedInTimeByAtMostTwoCallsForEachLife() {
    sandbox.sts().setKeyLife(Duration.ofSeconds(2));
    Set<Object> keys = ConcurrentHashMap.newKeySet();

    try (RoleSession session = role.openSession(OBJECT, RUN_ID)) {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                // As many as sign parts at the same time.
                IntStream.range(0, 4)
                    .parallel()
                    .forEach(i -> keys.add(session.resolveCredentials().accessKeyId()));
                return keys.size() >= 4;
              });
    }

    assertThat(sandbox.sts().calls()).hasSizeLessThanOrEqualTo(2 * keys.size());
    assertThat(sandbox.sts().calls()).extracting(StsCall::error).containsOnlyNulls();
  }

  @Test
  void keysServeToTheirEndWhileTheStsRefuses() {
    sandbox.sts().setKeyLife(Duration.ofSeconds(2));

    try (RoleSession session = role.openSession(OBJECT, RUN_ID)) {
      String first = session.resolveCredentials().accessKeyId();
      sandbox.sts().refuse(403, "AccessDenied", 0);
      RunException[] end = new RunException[1];
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                try {
                  assertThat(session.resolveCredentials().accessKeyId()).isEqualTo(first);
                  return false;
                } catch (RunException told) {
                  end[0] = told;
                  return true;
                }
              });

      assertThat(end[0].outcome()).isEqualTo(Outcome.CREDENTIALS);
      List<StsCall> calls = sandbox.sts().calls();
      assertThat(calls.size() - 1).as("calls to renew one set of keys").isEqualTo(2);
    }
  }

  @Test
  void closeBreaksOffARenewalThatTheStsDoesNotAnswer() {
    sandbox.sts().setKeyLife(Duration.ofSeconds(3));
    RoleSession session = role.openSession(OBJECT, RUN_ID);
    session.resolveCredentials();
    sandbox.sts().setDelay(Duration.ofSeconds(50));
    Awaitility.await()
        .until(
            () -> {
              session.resolveCredentials();
              return threads() > 0;
            });
    Awaitility.await().until(() -> sandbox.sts().callsUnderWay() == 1);

    session.close();

    Awaitility.await().untilAsserted(() -> assertThat(threads()).isZero());
  }

  @Test
  void aSenderOfPartsIsStoppedEvenWhileItWaitsForKeys() throws Exception {
    sandbox.sts().setDelay(Duration.ofSeconds(50));
    RoleSession session = role.openSession(OBJECT, RUN_ID);
    List<Thread> senders =
        Stream.generate(() -> new Thread(() -> resolveInVain(session))).limit(3).toList();
    senders.forEach(Thread::start);
    Awaitility.await().until(() -> sandbox.sts().callsUnderWay() == 1);

    for (Thread sender : senders) {
      sender.interrupt();
      role.abortRequest(sender);
    }

    for (Thread sender : senders) {
      sender.join(10_000);
      assertThat(sender.isAlive()).isFalse();
    }
  }

  @Test
  void aRoleThatWasClosedIsNoLongerAssumed() {
    role.close();

    assertThat(failure()).hasMessageContaining("it was closed");
  }

  private static void resolveInVain(RoleSession session) {
    assertThatThrownBy(session::resolveCredentials).isInstanceOf(RuntimeException.class);
  }

  private RunException failure() {
    try (RoleSession session = role.openSession(OBJECT, RUN_ID)) {
      return catchThrowableOfType(RunException.class, session::resolveCredentials);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("writeback-role-session"))
        .count();
  }
}
