package dev.writeback.app;

import com.zaxxer.hikari.HikariDataSource;
import dev.writeback.domo.DomoAccount;
import dev.writeback.job.CheckedJob;
import dev.writeback.job.JobParameters;
import dev.writeback.job.JobSelection;
import dev.writeback.job.RouteSnapshot;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.RunRecord;
import dev.writeback.run.Checked;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel Main with the jobs of {@code routes/} and the settings of {@code application.properties}.
 */
final class Jobs {

  private static final Logger LOG = LoggerFactory.getLogger("dev.writeback.jobs");

  private final Path folder;

  Jobs() {
    this(CamelMain.HERE);
  }

  /**
   * @param folder that holds {@code routes/} and {@code application.properties}
   */
  Jobs(Path folder) {
    this.folder = folder;
  }

  /** Runs all jobs on their schedules; ends when the process is told to. */
  int runUntilStopped() {
    Main main = scheduled();
    try {
      main.run();
    } catch (Exception e) {
      throw StartFailure.of(e);
    }
    return main.getExitCode();
  }

  /** With all jobs and their schedules, and a port on which the program can be asked. */
  Main scheduled() {
    RouteSnapshot routes = RouteSnapshot.of(CamelMain.routes(folder));
    CheckedRoutes.requireStart(folder, routes, slip -> LOG.warn("{}", slip));
    Main main = CamelMain.create(folder);
    Reloading.of(main, folder, routes);
    main.addMainListener(new StartAndStopLines());
    ManagementPort.of(main);
    return main;
  }

  /**
   * Runs one job now, by its own steps and its own error handling, and nothing else.
   *
   * @param slot an {@link java.time.Instant}, a {@link java.time.LocalDateTime} in the job's zone,
   *     or null for now
   * @param since the batch after which a backfill begins, or null
   * @param byHand whether somebody looks on: a run that fails is not repeated then
   * @return the run, whatever became of it
   */
  RunContext run(String job, Object slot, Long since, boolean byHand) {
    CheckedRoutes checked = CheckedRoutes.requireRun(folder, job, slip -> LOG.warn("{}", slip));
    JobSelection selection = new JobSelection(job);
    Main main = main(selection);
    Thread stop = new Thread(main::stop, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      try {
        start(main);
      } catch (RunException e) {
        // What is wrong with another job may keep all files from being read.
        checked.requireRight();
        throw e;
      }
      String endpoint =
          selection
              .endpoint()
              .orElseThrow(
                  () -> new RunException(Outcome.CONFIGURATION, false, selection.unknown()));
      if (since != null) {
        requireOnlyNewData(job, main.getCamelContext());
      }
      return run(
          main.getCamelContext(),
          endpoint,
          call -> {
            call.setProperty(RunRequest.SLOT, slot);
            call.setProperty(RunRequest.SINCE, since);
            call.setProperty(
                RunRequest.TRIGGER_ZONE, selection.triggerZone(main.getCamelContext()));
            call.setProperty(RunRequest.BY_HAND, byHand);
          });
    } finally {
      main.stop();
    }
  }

  /** Before anybody is asked for anything. */
  static void requireOnlyNewData(String job, CamelContext context) {
    boolean hasBatches =
        JobParameters.of(context, job).stream()
            .anyMatch(step -> Boolean.parseBoolean(step.get("onlyNewData")));
    if (!hasBatches) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "--since - job "
              + job
              + " has no onlyNewData, every run of it writes all rows - leave --since out, or set"
              + " onlyNewData to true");
    }
  }

  /**
   * Reads and checks a job as its start would, without starting anything. The Domo account that it
   * names may lack its credentials.
   *
   * @param reader is given what the job's writebacks say, and the context that has read it; with it
   *     ends all that the reading has made
   */
  void read(String job, BiConsumer<CamelContext, List<JobParameters>> reader) {
    read(job, bean -> !(bean instanceof DomoAccount), reader);
  }

  /**
   * The same, where the reader has its own words for what is wrong with the beans that the job
   * names.
   */
  void readUnchecked(String job, BiConsumer<CamelContext, List<JobParameters>> reader) {
    read(job, bean -> false, reader);
  }

  private void read(
      String job, Predicate<Checked> needed, BiConsumer<CamelContext, List<JobParameters>> reader) {
    CheckedRoutes.read(
        folder,
        List.of(),
        needed,
        (context, checked) -> {
          checked.requireRight(job);
          reader.accept(context, checked.parameters(job));
        });
  }

  /** Reads accounts, roles and keys, whatever is wrong with the jobs; starts nothing. */
  void readBeans(Consumer<CamelContext> reader) {
    CheckedRoutes.read(
        folder, List.of(), bean -> true, (context, checked) -> reader.accept(context));
  }

  /**
   * Checks the job files and has them rehearsed: nothing is written, to S3 or to the ledger.
   *
   * @param work rehearses those of the checked jobs that it wants
   */
  void rehearse(BiConsumer<Rehearsal, CheckedRoutes> work) {
    CheckedRoutes.read(
        folder,
        List.of(),
        bean -> true,
        (context, checked) -> {
          try (HikariDataSource ledger = LedgerDatabase.found(context);
              Rehearsal rehearsal = new Rehearsal(context, ledger)) {
            work.accept(rehearsal, checked);
          }
        });
  }

  /** The ids of all jobs. */
  List<String> ids() {
    return CheckedRoutes.read(folder).check().jobs().stream().map(CheckedJob::id).sorted().toList();
  }

  /**
   * @throws RunException if no file has a job of this id
   */
  void requireKnown(String job) {
    CheckedRoutes.read(folder).requireKnown(job);
  }

  private static RunContext run(CamelContext context, String endpoint, Processor call) {
    LedgerComponent ledger = context.getComponent("ledger", LedgerComponent.class);
    Exchange exchange;
    ProgressLine progress =
        ProgressLine.of(() -> ledger.running().stream().map(ProgressLine::text).toList());
    try {
      exchange = context.createFluentProducerTemplate().to(endpoint).withProcessor(call).send();
    } finally {
      progress.close();
    }
    return runOf(exchange);
  }

  /**
   * The run of a job that has ended.
   *
   * @throws RunException where there was none, with the reason
   */
  static RunContext runOf(Exchange exchange) {
    RunContext run = RunContext.of(exchange);
    if (run != null) {
      return run;
    }
    if (exchange.getException() != null) {
      throw RunException.in(exchange.getException());
    }
    throw new RunException(
        Outcome.UNEXPECTED, false, "the job's steps ended without a writeback - nothing written");
  }

  /**
   * The latest runs, the newest first; no job is started.
   *
   * @param job a job's id, or null for all
   */
  List<RunRecord> history(String job, int most) {
    return ledger(ledger -> ledger.getLedger().history(job, most));
  }

  /** Works with the ledger; no job is started. */
  <T> T ledger(Function<LedgerComponent, T> work) {
    Main main = CamelMain.withoutRoutes(folder);
    try {
      start(main);
      return work.apply(main.getCamelContext().getComponent("ledger", LedgerComponent.class));
    } finally {
      main.stop();
    }
  }

  private static void start(Main main) {
    try {
      main.init();
      LedgerDatabase.check(main.getCamelContext());
      LedgerDatabase.requireWritable(main.getCamelContext());
      main.start();
    } catch (Exception e) {
      throw StartFailure.of(e);
    }
  }

  /** With the routes of one job alone. */
  private Main main(JobSelection selection) {
    Main main = CamelMain.create(folder);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport configuring) {
            selection.install(configuring.getCamelContext());
          }
        });
    return main;
  }

  private static String jobs(CamelContext context) {
    return JobStates.jobs(context).stream()
        .map(RouteDefinition::getRouteId)
        .collect(Collectors.joining(", "));
  }

  /** When its jobs began to wait for their schedules, and when it had ended all that it began. */
  private static final class StartAndStopLines extends MainListenerSupport {

    @Override
    public void beforeConfigure(BaseMainSupport configuring) {
      // Camel's shutdown hook, and with it the process, waits for the context and no longer: what a
      // main listener does after the stop may be cut off.
      configuring
          .getCamelContext()
          .addLifecycleStrategy(
              new LifecycleStrategySupport() {

                private volatile boolean started;

                @Override
                public void onContextStarted(CamelContext context) {
                  started = true;
                }

                @Override
                public void onContextStopped(CamelContext stopped) {
                  if (started) {
                    LOG.info("stopped");
                  }
                }
              });
    }

    @Override
    public void afterStart(BaseMainSupport main) {
      LOG.info("started with the jobs {}", jobs(main.getCamelContext()));
    }
  }
}
