package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.writeback.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenSourceTest {

  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final AtomicInteger calls = new AtomicInteger();
  private final TokenSource source =
      new TokenSource(
          asked ->
              new AccessToken(
                  "token " + calls.incrementAndGet(), asked.plusSeconds(10), null, List.of()),
          () -> now);

  @Test
  void asksAgainOnlyWhenTheTokenIsSpent() {
    assertThat(source.get().value()).isEqualTo("token 1");
    now = now.plus(Duration.ofMillis(9999));
    assertThat(source.get().value()).isEqualTo("token 1");
    now = now.plus(Duration.ofMillis(1));
    assertThat(source.get().value()).isEqualTo("token 2");
  }

  @Test
  void dropsOnlyTheTokenThatWasRefused() {
    AccessToken first = source.get();
    source.refused(first);
    assertThat(source.get().value()).isEqualTo("token 2");
    source.refused(first);
    assertThat(source.get().value()).isEqualTo("token 2");
  }

  @Test
  void asksAgainAfterAFailure() {
    TokenSource failsOnce =
        new TokenSource(
            asked -> {
              if (calls.incrementAndGet() == 1) {
                throw new DomoException(Outcome.DOMO, true, "down", null);
              }
              return new AccessToken("good", null, null, List.of());
            },
            () -> now);

    assertThatThrownBy(failsOnce::get).isInstanceOf(DomoException.class).hasMessage("down");
    assertThat(failsOnce.get().value()).isEqualTo("good");
  }

  @Test
  void twentyThreadsMakeOneCallAndShareItsFailure() throws Exception {
    int threads = 20;
    CountDownLatch answer = new CountDownLatch(1);
    TokenSource slow =
        new TokenSource(
            asked -> {
              calls.incrementAndGet();
              try {
                answer.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              throw new DomoException(Outcome.CREDENTIALS, false, "refused", null);
            },
            () -> now);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch waiting = new CountDownLatch(threads);
      List<Thread> callers = new ArrayList<>();
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(
            pool.submit(
                () -> {
                  synchronized (callers) {
                    callers.add(Thread.currentThread());
                  }
                  waiting.countDown();
                  return slow.get();
                }));
      }
      waiting.await();
      await()
          .until(
              () -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));
      answer.countDown();
      for (Future<?> result : results) {
        assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
            .hasRootCauseInstanceOf(DomoException.class);
      }
      assertThat(calls).hasValue(1);
    } finally {
      pool.shutdownNow();
    }
  }
}
