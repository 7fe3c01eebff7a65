package dev.writeback.app;

import dev.writeback.job.JobSelection;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.ledger.ObjectRecord;
import dev.writeback.ledger.RunListener;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.s3.BufferBudget;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;

/** Keeps a meter for each {@link Metric} of each job that is loaded. */
final class JobMetrics extends LifecycleStrategySupport implements RunListener {

  private static final String JOB = "job";
  private static final String OUTCOME = "outcome";

  private final CamelContext context;
  private final RecentStates states;
  private final Set<String> jobs = ConcurrentHashMap.newKeySet();

  JobMetrics(CamelContext context, RecentStates states) {
    this.context = context;
    this.states = states;
  }

  private MeterRegistry meters() {
    return context
        .getRegistry()
        .lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class);
  }

  @Override
  public void onContextStarting(CamelContext starting) {
    context.getComponent("ledger", LedgerComponent.class).tell(this);
    BufferBudget budget = BufferBudget.of(context);
    gauge(Metric.BUFFER_SIZE, budget, BufferBudget::size);
    gauge(Metric.BUFFER_IN_USE, budget, BufferBudget::inUse);
    gauge(Metric.WAITING_RUNS, budget, BufferBudget::waiting);
  }

  private void gauge(Metric metric, BufferBudget budget, ToDoubleFunction<BufferBudget> value) {
    Gauge.builder(metric.meter(), budget, value)
        .description(metric.description())
        .register(meters());
  }

  @Override
  public void onRoutesAdd(Collection<Route> routes) {
    routes.stream().map(Route::getRouteId).filter(this::isJob).forEach(this::add);
    states.forget();
  }

  @Override
  public void onRoutesRemove(Collection<Route> routes) {
    for (Route route : routes) {
      jobs.remove(route.getRouteId());
      meters().getMeters().stream()
          .map(Meter::getId)
          .filter(id -> route.getRouteId().equals(id.getTag(JOB)))
          .forEach(meters()::remove);
    }
    states.forget();
  }

  private boolean isJob(String route) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    RouteDefinition definition = model.getRouteDefinition(route);
    return definition != null && JobSelection.isJob(definition);
  }

  private void add(String job) {
    for (Outcome outcome : Outcome.values()) {
      // Also what has not been yet: Prometheus does not see a first increase otherwise.
      runs(job, outcome);
    }
    counter(Metric.RETRIES, job);
    counter(Metric.ROWS, job);
    counter(Metric.BYTES, job);
    seconds(job);
    gauge(Metric.RUNNING_SINCE, job, state -> of(state, run -> seconds(run.getStarted()), 0));
    gauge(Metric.RUNNING_ROWS, job, state -> of(state, run -> run.records().get(), 0));
    gauge(Metric.RUNNING_BYTES, job, state -> of(state, run -> run.bytesRead().get(), 0));
    gauge(Metric.SESSION_LEFT, job, state -> of(state, JobMetrics::sessionLeft, Double.NaN));
    gauge(Metric.LAST_SUCCESS, job, state -> of(state.lastSuccess(), JobMetrics::seconds));
    gauge(
        Metric.LAST_SUCCESS_AGE,
        job,
        state -> of(state.lastSuccess(), last -> seconds(Duration.between(last, Instant.now()))));
    gauge(Metric.LAST_ROWS, job, state -> of(state.lastObject(), ObjectRecord::rows));
    gauge(Metric.LAST_BYTES, job, state -> of(state.lastObject(), ObjectRecord::bytes));
    gauge(Metric.LAST_RUN_FAILED, job, state -> state.isLastFailed() ? 1 : 0);
    gauge(Metric.STALE, job, state -> state.stale() == null ? 0 : 1);
    gauge(Metric.OPEN_RUNS, job, state -> state.open().size());
    gauge(
        Metric.NEXT_RUN, job, state -> of(Optional.ofNullable(state.next()), JobMetrics::seconds));
    jobs.add(job);
  }

  /** No value where the ledger is not reached. */
  private void gauge(Metric metric, String job, ToDoubleFunction<JobState> value) {
    Gauge.builder(metric.meter(), () -> of(states.of(job), value))
        .tag(JOB, job)
        .description(metric.description())
        .register(meters());
  }

  private Counter counter(Metric metric, String job) {
    return counter(metric, Tags.of(JOB, job));
  }

  private Counter runs(String job, Outcome outcome) {
    return counter(Metric.RUNS, Tags.of(JOB, job, OUTCOME, outcome.inWords()));
  }

  private Counter counter(Metric metric, Tags tags) {
    return Counter.builder(metric.meter())
        .tags(tags)
        .description(metric.description())
        .register(meters());
  }

  private Timer seconds(String job) {
    return Timer.builder(Metric.RUN_SECONDS.meter())
        .tag(JOB, job)
        .description(Metric.RUN_SECONDS.description())
        .register(meters());
  }

  @Override
  public void begun(RunContext run) {
    if (run.getAttempt() > 1 && jobs.contains(run.getJob())) {
      counter(Metric.RETRIES, run.getJob()).increment();
    }
  }

  /** A job that is no longer loaded has no meters, and gets none. */
  @Override
  public void over(RunContext run) {
    String job = run.getJob();
    if (jobs.contains(job)) {
      runs(job, run.getOutcome()).increment();
      seconds(job).record(run.elapsed());
      if (run.isDone()) {
        counter(Metric.ROWS, job).increment(run.records().get());
        counter(Metric.BYTES, job).increment(run.bytesWritten().get());
      }
    }
    states.forget();
  }

  private static double of(JobState state, ToDoubleFunction<RunContext> value, double none) {
    return state.running() == null ? none : value.applyAsDouble(state.running());
  }

  private static <T> double of(Optional<T> known, ToDoubleFunction<T> value) {
    return known.isPresent() ? value.applyAsDouble(known.get()) : Double.NaN;
  }

  private static double sessionLeft(RunContext run) {
    return of(Optional.ofNullable(run.getSessionLeft()), JobMetrics::seconds);
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
