package dev.writeback.ledger;

import dev.writeback.run.InputDataset;
import dev.writeback.run.Outcome;
import dev.writeback.run.Retry;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the run, or goes on with the one that a failed attempt has left. */
final class OpenProducer extends DefaultProducer {

  static final Logger RUNS = LoggerFactory.getLogger("dev.writeback.runs");

  /**
   * The exchange property with the route of the chain that began the run. A route may use the
   * Kamelet twice; where the first fails and the route goes on, the second must not go on with the
   * run, and the key, of the first.
   */
  static final String CHAIN = "writebackRunChain";

  /** What is called without a route is no job: it may run any number of times at once. */
  private static final String NO_JOB = "unnamed";

  private final LedgerEndpoint endpoint;

  /** Forgotten with this step: after an edit of the job it may be another's. */
  private final Set<String> ofOthers = ConcurrentHashMap.newKeySet();

  OpenProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Freshness freshness = endpoint.ledger().freshness();
    if (endpoint.getJob() != null && endpoint.getFreshWithin() != null) {
      freshness.watch(endpoint.getJob(), endpoint.getFreshWithin(), this);
    } else if (endpoint.getJob() != null) {
      freshness.unstated(endpoint.getJob());
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (endpoint.getJob() != null) {
      endpoint.ledger().freshness().unwatch(endpoint.getJob(), this);
    }
    super.doStop();
  }

  @Override
  public void process(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    String chain = ExchangeHelper.getRouteId(exchange);
    if (run == null || run.isSettled() || !isOf(chain, exchange)) {
      Slot slot = Slot.of(exchange, endpoint.getTimeZone());
      run = new RunContext(job(exchange), slot.moment(), slot.zone());
      run.setScheduled(slot.scheduled());
      nameDataSet(run);
      run.setRetry(
          new Retry(
              endpoint.getRetries(), endpoint.getRetryDelay(), endpoint.getRetryDelayLimit()));
      run.setByHand(exchange.getProperty(RunRequest.BY_HAND, false, boolean.class));
      exchange.setProperty(RunContext.PROPERTY, run);
      exchange.setProperty(CHAIN, chain);
      run.setAfterFailure(
          endpoint
              .ledger()
              .getLedger()
              .lastEndedBefore(run)
              .filter(last -> !last.outcome().isSuccess())
              .isPresent());
    }
    RunContext goesOn = begin(run, exchange, chain);
    if (goesOn != run) {
      goesOn.setRetry(run.getRetry());
      goesOn.setByHand(run.isByHand());
      goesOn.setAfterFailure(run.isAfterFailure());
      exchange.setProperty(RunContext.PROPERTY, goesOn);
      begin(goesOn, exchange, chain);
    }
  }

  /** A DataSet that the job calls by its name gets its id by a later step. */
  private void nameDataSet(RunContext run) {
    String input = endpoint.getDataSet();
    if (input != null) {
      run.setInputDataset(input);
      run.setDataSetId(InputDataset.of(input).id());
    }
  }

  /**
   * Begins the run's next attempt, as the only one of its job.
   *
   * @return the run to go on with, where it is not this one
   */
  private RunContext begin(RunContext run, Exchange exchange, String chain) {
    LedgerComponent ledger = endpoint.ledger();
    tell(run, exchange);
    RunsOfExchange.begin(run, exchange, ledger.recorder());
    run.beginAttempt();
    ledger.begun(run);
    if (!run.getJob().equals(NO_JOB)) {
      ledger.leases().hold(exchange, run);
      if (!FinishFirst.isFinishing(run, exchange)) {
        RunContext left = new FinishFirst(ledger.store(), ofOthers).before(run, exchange, chain);
        if (left != run) {
          ledger.ended(run);
          return left;
        }
      }
    }
    if (!ledger.recorder().begun(run)) {
      throw new RunException(
          Outcome.OVERLAP, false, "another process has finished run " + run.getId() + " meanwhile");
    }
    return run;
  }

  @SuppressWarnings("unchecked")
  private static void tell(RunContext run, Exchange exchange) {
    Consumer<RunContext> observer = exchange.getProperty(RunRequest.OBSERVER, Consumer.class);
    if (observer != null) {
      observer.accept(run);
    }
  }

  private static boolean isOf(String chain, Exchange exchange) {
    return Objects.equals(chain, exchange.getProperty(CHAIN));
  }

  /** A dynamic endpoint has no parent that Camel tells its Kamelet. */
  private String job(Exchange exchange) {
    if (endpoint.getJob() != null) {
      return endpoint.getJob();
    }
    return exchange.getFromRouteId() == null ? NO_JOB : exchange.getFromRouteId();
  }
}
