package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.writeback.run.Outcome;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens as calls use them, at the sandbox's Domo. */
class TokenTest {

  private static final String ORDERS = SandboxDomo.ORDERS;

  private Sandbox sandbox;
  private SandboxDomo domo;
  private SandboxContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    domo = sandbox.domo();
    context = new SandboxContext(sandbox.domoUrl());
  }

  @AfterEach
  void close() throws IOException {
    context.close();
    sandbox.close();
  }

  @Test
  void oneIsSharedByAllEndpointsAndThreads() throws Exception {
    int threads = 20;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> exports = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String verify = i % 2 == 0 ? "off" : "warn";
        exports.add(pool.submit(() -> context.export(ORDERS, verify).readAllBytes()));
      }
      for (Future<?> export : exports) {
        export.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(domo.tokensIssued()).isEqualTo(1);
  }

  @Test
  void isRenewedOnceAfter401() throws Exception {
    context.dataSet(ORDERS);
    domo.revokeTokens();

    assertThat(context.dataSet(ORDERS).id()).isEqualTo(ORDERS);
    assertThat(domo.tokensIssued()).isEqualTo(2);
  }

  @Test
  void isRenewedOnceAfter406ToACsvCall() throws Exception {
    domo.setRefusingCsvWith406(true);
    context.dataSet(ORDERS);
    domo.revokeTokens();

    assertThat(context.export(ORDERS, "off").readAllBytes()).isNotEmpty();
    assertThat(domo.tokensIssued()).isEqualTo(2);
  }

  @Test
  void isRenewedBeforeItExpires() throws Exception {
    domo.setTokenLife(Duration.ofSeconds(1));
    context.dataSet(ORDERS);
    await()
        .untilAsserted(
            () -> {
              context.dataSet(ORDERS);
              assertThat(domo.tokensIssued()).isEqualTo(2);
            });

    assertThat(domo.calls()).noneMatch(call -> call.status() == 401);
  }

  @Test
  void isNotRenewedTwiceForOneCall() {
    domo.inject(DomoFault.refuse(Endpoint.EXPORT, 401));

    assertThatThrownBy(() -> context.export(ORDERS, "off"))
        .isInstanceOfSatisfying(
            DomoException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.CREDENTIALS);
              assertThat(e.isRetryable()).isFalse();
            })
        .hasMessageContaining("A new token was refused as well");
    assertThat(domo.tokensIssued()).isEqualTo(2);
    assertThat(domo.calls("/v1/datasets")).hasSize(2);
  }

  @Test
  void thatIsRefusedFailsTheRunAtOnceAndInClearWords() {
    context.account.setDomoClientSecret("not-the-secret");

    assertThatThrownBy(() -> context.export(ORDERS, "strict"))
        .isInstanceOfSatisfying(
            DomoException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.CREDENTIALS);
              assertThat(e.isRetryable()).isFalse();
            })
        .hasMessageContaining("domoClientSecret")
        .hasMessageNotContaining("not-the-secret");
    assertThat(domo.calls("/")).hasSize(1);
  }

  @Test
  void thatDomoCannotGiveForNowIsRetryable() {
    domo.inject(DomoFault.refuse(Endpoint.TOKEN, 503));

    assertThatThrownBy(() -> context.dataSet(ORDERS))
        .isInstanceOfSatisfying(
            DomoException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.DOMO);
              assertThat(e.isRetryable()).isTrue();
            });
  }

  @Test
  void isAskedForWithTheAccountsScope() throws Exception {
    context.account.setScope("data user");

    context.dataSet(ORDERS);

    assertThat(domo.calls("/oauth/token"))
        .singleElement()
        .satisfies(call -> assertThat(call.query()).containsEntry("scope", "data user"));
  }
}
