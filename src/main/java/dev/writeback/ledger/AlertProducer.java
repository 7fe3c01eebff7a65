package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Puts the alert about this exchange's run into its body. */
final class AlertProducer extends DefaultProducer {

  private final LedgerEndpoint endpoint;

  AlertProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    Alert.Event event = endpoint.getEvent();
    String job = run == null ? exchange.getFromRouteId() : run.getJob();
    Alert alert = new Alert(exchange.getContext(), event, job, message(event, run, exchange));
    exchange.getMessage().setBody((run == null ? alert : alert.with(run)).values());
  }

  private static String message(Alert.Event event, RunContext run, Exchange exchange) {
    if (event == Alert.Event.RECOVERED) {
      return "is well again after a failure";
    }
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (run == null || run.getFailure() == null) {
      return "failed: "
          + (thrown == null ? "nobody knows why" : RunException.in(thrown).getMessage());
    }
    String failure = run.getFailure().getMessage();
    return run.isRetryable()
        ? "gave up after attempt " + run.getAttempt() + ": " + failure
        : "failed, a repetition would not help: " + failure;
  }
}
