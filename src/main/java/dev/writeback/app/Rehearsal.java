package dev.writeback.app;

import dev.writeback.job.CheckedJob;
import dev.writeback.job.JobParameters;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RehearsalLedgerComponent;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.Kamelet;

/**
 * The chain of the Kamelet's file itself, run for a job as a run would, but for its first and its
 * last step: see {@link StandIns}. Neither S3 nor the ledger is written to. Of a job's steps its
 * writebacks alone are done, and no error handling: nobody is told of anything.
 */
final class Rehearsal implements AutoCloseable {

  private final CamelContext context;
  private final RehearsalLedgerComponent ledger = new RehearsalLedgerComponent();

  /**
   * @param context one of its own, which has read the job files and is not started yet
   * @param ledger the database to look at; null for a ledger that knows nothing
   */
  Rehearsal(CamelContext context, DataSource ledger) {
    this.context = context;
    LedgerComponent real = (LedgerComponent) context.removeComponent("ledger");
    this.ledger.setOfOneProcess(real.isOfOneProcess());
    this.ledger.setStatementTimeout(real.getStatementTimeout());
    this.ledger.setDataSource(ledger);
    context.addComponent("ledger", this.ledger);
    context.getCamelContextExtension().addInterceptStrategy(new StandIns());
    context.start();
  }

  CamelContext context() {
    return context;
  }

  /** As it is found; what is rehearsed does not change it. */
  RehearsalLedgerComponent ledger() {
    return ledger;
  }

  /**
   * Rehearses one writeback.
   *
   * @param others parameters that are to be other than the job has them; null for not stated
   * @param slot an {@link java.time.Instant}, a {@link java.time.LocalDateTime} in the job's zone,
   *     or null for now
   * @param since as in {@link RunRequest#SINCE}, or null
   */
  void rehearse(
      CheckedJob job,
      JobParameters writeback,
      Map<String, String> others,
      Object slot,
      Long since,
      Rehearsed rehearsed) {
    ZoneId zone = job.zone();
    String route = route(job.id(), uri(writeback, others));
    try {
      Exchange exchange =
          context
              .createFluentProducerTemplate()
              .to(route)
              .withProcessor(
                  call -> {
                    call.setProperty(RunRequest.SLOT, slot);
                    call.setProperty(RunRequest.SINCE, since);
                    call.setProperty(RunRequest.TRIGGER_ZONE, zone);
                    call.setProperty(RunRequest.BY_HAND, true);
                    rehearsed.begin(call);
                  })
              .send();
      rehearsed.end(RunContext.of(exchange), exchange.getException());
    } finally {
      remove(job.id());
    }
  }

  /** The Kamelet takes the id of the route that it stands in for the job. */
  private String route(String id, String kamelet) {
    String called = "direct:" + id;
    try {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from(called).routeId(id).errorHandler(noErrorHandler()).to(kamelet);
            }
          });
      return called;
    } catch (Exception e) {
      throw StartFailure.of(e);
    }
  }

  private void remove(String id) {
    try {
      context.getRouteController().stopRoute(id);
      context.removeRoute(id);
    } catch (Exception e) {
      throw RunException.in(e);
    }
  }

  /** As Camel makes it of what stands in a YAML file. */
  private String uri(JobParameters writeback, Map<String, String> others) {
    Map<String, Object> parameters = new HashMap<>(writeback.values());
    parameters.putAll(others);
    parameters.values().removeIf(value -> value == null || value.equals(""));
    parameters.put("templateId", writeback.kamelet());
    try {
      return context
          .getCamelContextExtension()
          .getEndpointUriFactory(Kamelet.SCHEME)
          .buildUri(Kamelet.SCHEME, parameters, false);
    } catch (URISyntaxException e) {
      throw RunException.in(e);
    }
  }

  @Override
  public void close() {
    context.stop();
  }
}
