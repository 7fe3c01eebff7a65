package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeback.run.Outcome;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls an export makes, and no others. */
class CallCountTest {

  private static final String ORDERS = SandboxDomo.ORDERS;

  private Sandbox sandbox;
  private SandboxContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new SandboxContext(sandbox.domoUrl());
  }

  @AfterEach
  void close() throws IOException {
    context.close();
    sandbox.close();
  }

  @Test
  void asksFourSmallQuestionsAndOneToken() throws Exception {
    context.export(ORDERS, "strict").readAllBytes();

    assertCalls(
        "GET /oauth/token",
        "GET /v1/datasets/" + ORDERS,
        "POST /v1/datasets/query/execute/" + ORDERS,
        "GET /v1/datasets/" + ORDERS + "/data",
        "POST /v1/datasets/query/execute/" + ORDERS,
        "GET /v1/datasets/" + ORDERS);
  }

  @Test
  void asksNothingWhereVerifyIsOff() throws Exception {
    context.export(ORDERS, "off").readAllBytes();

    assertCalls("GET /oauth/token", "GET /v1/datasets/" + ORDERS + "/data");
  }

  /** HttpClient itself would repeat after 503. */
  @Test
  void makesEachCallOnce() {
    sandbox.domo().inject(DomoFault.refuse(Endpoint.EXPORT, 503).retryAfter(7));

    assertThatThrownBy(() -> context.export(ORDERS, "off"))
        .isInstanceOfSatisfying(
            DomoException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.DOMO);
              assertThat(e.isRetryable()).isTrue();
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
              assertThat(e.status()).isEqualTo(503);
            });
    assertCalls("GET /oauth/token", "GET /v1/datasets/" + ORDERS + "/data");
  }

  private void assertCalls(String... calls) {
    assertThat(sandbox.domo().calls())
        .extracting(call -> call.method() + " " + call.path())
        .containsExactly(calls);
  }
}
