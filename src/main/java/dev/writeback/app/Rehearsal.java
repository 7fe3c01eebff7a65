package dev.writeback.app;

import dev.writeback.job.JobParameters;
import dev.writeback.job.JobSelection;
import dev.writeback.ledger.Ledger;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * A job's own chain, which writes neither to S3 nor to the ledger. Of the job's steps the
 * writebacks alone are done, and no error handling: nobody is told of anything.
 */
final class Rehearsal implements AutoCloseable {

  private final String job;
  private final JobSelection selection;
  private final Main main;

  /**
   * @throws RunException if there is no such job, or something is wrong with it
   */
  Rehearsal(String job) {
    this.job = job;
    CheckedRoutes.read().requireRight(job);
    selection = new JobSelection(job);
    main = Jobs.main(selection);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport configuring) {
            prepare(configuring.getCamelContext());
          }
        });
    Jobs.start(main);
  }

  private static void prepare(CamelContext context) {
    LedgerComponent ledger = context.getComponent("ledger", LedgerComponent.class);
    ledger.setDataSource(LedgerDatabase.found(context));
    ledger.setRehearsal(true);
    context.getCamelContextExtension().registerEndpointCallback(new StandIns());
  }

  CamelContext context() {
    return main.getCamelContext();
  }

  /** As it is, however the rehearsals end. */
  Ledger ledger() {
    return context().getComponent("ledger", LedgerComponent.class).getLedger();
  }

  /** What the job's writebacks say, in the order of its steps. */
  List<JobParameters> writebacks() {
    return JobParameters.of(context(), job);
  }

  /**
   * Rehearses one writeback.
   *
   * @param step which, from 0 on
   * @param slot an {@link java.time.Instant}, a {@link java.time.LocalDateTime} in the job's zone,
   *     or null for now
   */
  void of(int step, Object slot, Rehearsed rehearsed) {
    Exchange exchange =
        context()
            .createFluentProducerTemplate()
            .to(selection.writebacks().get(step))
            .withProcessor(
                call -> {
                  call.setProperty(Rehearsed.PROPERTY, rehearsed);
                  call.setProperty(RunContext.SLOT, slot);
                  call.setProperty(RunContext.TRIGGER_ZONE, selection.triggerZone(context()));
                  call.setProperty(RunContext.BY_HAND, true);
                })
            .send();
    rehearsed.end(RunContext.of(exchange), exchange.getException());
  }

  @Override
  public void close() {
    main.stop();
  }
}
