package dev.writeback.domo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.writeback.run.Outcome;
import dev.writeback.sandbox.DomoCall;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.DomoFault.Endpoint;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all jobs of an account do when Domo has refused one of their calls for too many. */
class RateLimitTest {

  private static final String ORDERS = SandboxDomo.ORDERS;
  private static final int JOBS = 10;

  private final ExecutorService jobs = Executors.newFixedThreadPool(JOBS);
  private Sandbox sandbox;
  private SandboxContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new SandboxContext(sandbox.domoUrl());
  }

  @AfterEach
  void close() throws IOException {
    jobs.shutdownNow();
    context.close();
    sandbox.close();
  }

  @Test
  void tenJobsWaitForWhatOneWasTold() throws Exception {
    sandbox.domo().inject(DomoFault.refuse(Endpoint.METADATA, 429).retryAfter(2).times(1));
    assertThatThrownBy(() -> context.dataSet(ORDERS)).hasMessageContaining("429");
    final Instant refused = refused().at();

    for (Future<Long> job : exportInAllJobs()) {
      assertThat(job.get()).isPositive();
    }

    List<DomoCall> after =
        sandbox.domo().calls().stream().filter(call -> call.at().isAfter(refused)).toList();
    assertThat(after).hasSize(JOBS).allMatch(call -> call.status() == 200);
    assertThat(after).allMatch(call -> !call.at().isBefore(refused.plusSeconds(2)));
  }

  /** The 403 is Domo's other word for it. */
  @Test
  void aRunThatWouldWaitLongEndsAndIsRepeatedLater() {
    sandbox.domo().inject(DomoFault.rateLimit(Endpoint.METADATA).retryAfter(3600).times(1));
    assertThatThrownBy(() -> context.dataSet(ORDERS)).hasMessageContaining("403");
    int calls = sandbox.domo().calls().size();

    assertThatThrownBy(() -> context.export(ORDERS, "off"))
        .isInstanceOfSatisfying(
            DomoException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.DOMO);
              assertThat(e.isRetryable()).isTrue();
              assertThat(e.retryAfter())
                  .hasValueSatisfying(
                      rest ->
                          assertThat(rest).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
            })
        .hasMessageStartingWith("export of DataSet " + ORDERS + ": not asked, as Domo has limited")
        .hasMessageEndingWith("Later it works");
    assertThat(sandbox.domo().calls()).hasSize(calls);
  }

  /** 503 with the header is a plea as well; without it, it is about that call alone. */
  @Test
  void onlyAPleaMakesOthersWait() throws Exception {
    sandbox.domo().inject(DomoFault.refuse(Endpoint.METADATA, 503).times(1));
    assertThatThrownBy(() -> context.dataSet(ORDERS)).hasMessageContaining("503");
    context.export(ORDERS, "off").close();

    sandbox.domo().inject(DomoFault.refuse(Endpoint.METADATA, 503).retryAfter(600).times(1));
    assertThatThrownBy(() -> context.dataSet(ORDERS)).hasMessageContaining("503");
    assertThatThrownBy(() -> context.export(ORDERS, "off")).hasMessageContaining("not asked");
  }

  @Test
  void whoWaitsIsLetGoWhenTheContextStops() throws Exception {
    sandbox.domo().inject(DomoFault.refuse(Endpoint.METADATA, 429).retryAfter(60).times(1));
    assertThatThrownBy(() -> context.dataSet(ORDERS)).hasMessageContaining("429");
    List<Future<Long>> waiting = exportInAllJobs();
    CallBudget budget =
        context.camel.getComponent("domo", DomoComponent.class).budget(context.account);
    await().until(() -> budget.waiting() == JOBS);

    context.camel.stop();

    for (Future<Long> job : waiting) {
      assertThatThrownBy(job::get)
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("cancelled");
    }
  }

  @Test
  void theStatedRateHoldsForAllBeansOfAClient() throws Exception {
    context.account.setRequestsPerMinute(1);
    DomoAccount twin = new DomoAccount();
    twin.setDomoClientId(context.account.getDomoClientId());
    twin.setDomoClientSecret(context.account.getDomoClientSecret());
    twin.setApiHost(context.account.getApiHost());
    twin.setRequestsPerMinute(1);
    DomoComponent component = context.camel.getComponent("domo", DomoComponent.class);
    CallBudget budget = component.budget(context.account);

    Future<Long> export = exportInAllJobs().get(0);
    // The token has been the minute's one call; all wait for it, or for their turn.
    await().until(() -> budget.waiting() == JOBS);

    assertThat(sandbox.domo().calls()).extracting(DomoCall::path).containsExactly("/oauth/token");
    assertThat(export).isNotDone();
    assertThat(component.budget(twin)).isSameAs(budget);
  }

  private DomoCall refused() {
    return sandbox.domo().calls().stream()
        .filter(call -> call.status() == 429)
        .findAny()
        .orElseThrow();
  }

  private List<Future<Long>> exportInAllJobs() {
    List<Future<Long>> all = new ArrayList<>();
    for (int job = 0; job < JOBS; job++) {
      all.add(
          jobs.submit(
              () -> {
                try (InputStream csv = context.export(ORDERS, "off")) {
                  return (long) csv.readAllBytes().length;
                }
              }));
    }
    return all;
  }
}
