package dev.writeback.app;

import dev.writeback.job.JobSelection;
import dev.writeback.ledger.LedgerComponent;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;

/** Keeps a meter for each {@link Metric} of each job that is loaded. */
final class JobMetrics extends LifecycleStrategySupport {

  private static final String JOB = "job";
  private static final String OUTCOME = "outcome";

  /** One scrape asks the ledger once, whatever it asks for. */
  private static final Duration KEPT = Duration.ofSeconds(1);

  /**
   * @param job null where the ledger could not be reached
   */
  private record Known(JobState job, long nanoTime) {

    boolean isOld() {
      return System.nanoTime() - nanoTime > KEPT.toNanos();
    }
  }

  private final CamelContext context;
  private final Map<String, Known> states = new ConcurrentHashMap<>();

  JobMetrics(CamelContext context) {
    this.context = context;
  }

  private MeterRegistry meters() {
    return context
        .getRegistry()
        .lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class);
  }

  @Override
  public void onContextStarting(CamelContext starting) {
    context.getComponent("ledger", LedgerComponent.class).onRunOver(this::over);
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
    for (Route route : routes) {
      job(route).ifPresent(this::add);
    }
  }

  @Override
  public void onRoutesRemove(Collection<Route> routes) {
    for (Route route : routes) {
      meters().getMeters().stream()
          .map(Meter::getId)
          .filter(id -> route.getRouteId().equals(id.getTag(JOB)))
          .forEach(meters()::remove);
      states.remove(route.getRouteId());
    }
  }

  private Optional<RouteDefinition> job(Route route) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    return Optional.ofNullable(model.getRouteDefinition(route.getRouteId()))
        .filter(JobSelection::isJob);
  }

  private void add(RouteDefinition route) {
    String job = route.getRouteId();
    for (Outcome outcome : Outcome.values()) {
      // Also what has not been yet: Prometheus does not see a first increase otherwise.
      runs(job, outcome);
    }
    counter(Metric.RETRIES, job);
    counter(Metric.ROWS, job);
    counter(Metric.BYTES, job);
    seconds(job);
    gauge(Metric.RUNNING_SINCE, route, state -> of(state, run -> seconds(run.getStarted()), 0));
    gauge(Metric.RUNNING_ROWS, route, state -> of(state, run -> run.records().get(), 0));
    gauge(Metric.RUNNING_BYTES, route, state -> of(state, run -> run.bytesRead().get(), 0));
    gauge(Metric.SESSION_LEFT, route, state -> of(state, JobMetrics::sessionLeft, Double.NaN));
    gauge(Metric.LAST_SUCCESS, route, state -> of(state.lastSuccess(), JobMetrics::seconds));
    gauge(
        Metric.LAST_SUCCESS_AGE,
        route,
        state -> of(state.lastSuccess(), last -> seconds(Duration.between(last, Instant.now()))));
    gauge(Metric.LAST_RUN_FAILED, route, state -> state.isLastFailed() ? 1 : 0);
    gauge(Metric.STALE, route, state -> state.stale() == null ? 0 : 1);
    gauge(Metric.OPEN_RUNS, route, state -> state.open().size());
    gauge(
        Metric.NEXT_RUN,
        route,
        state -> of(Optional.ofNullable(state.next()), JobMetrics::seconds));
  }

  private void gauge(Metric metric, RouteDefinition route, ToDoubleFunction<JobState> value) {
    Gauge.builder(metric.meter(), () -> state(route).map(value::applyAsDouble).orElse(Double.NaN))
        .tag(JOB, route.getRouteId())
        .description(metric.description())
        .register(meters());
  }

  private Counter counter(Metric metric, String job) {
    return counter(metric, Tags.of(JOB, job));
  }

  private Counter runs(String job, Outcome outcome) {
    return counter(
        Metric.RUNS, Tags.of(JOB, job, OUTCOME, outcome.name().toLowerCase(Locale.ROOT)));
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

  private void over(RunContext run) {
    String job = run.getJob();
    runs(job, run.getOutcome()).increment();
    counter(Metric.RETRIES, job).increment(Math.max(0, run.getAttempt() - 1));
    seconds(job).record(run.elapsed());
    if (run.isDone()) {
      counter(Metric.ROWS, job).increment(run.records().get());
      counter(Metric.BYTES, job).increment(run.bytesWritten().get());
    }
  }

  /** Empty where the ledger cannot be reached. */
  private Optional<JobState> state(RouteDefinition route) {
    return Optional.ofNullable(
        states
            .compute(
                route.getRouteId(),
                (job, known) -> known == null || known.isOld() ? read(route) : known)
            .job());
  }

  private Known read(RouteDefinition route) {
    JobState state;
    try {
      state = new JobStates(context).of(route);
    } catch (RunException unreached) {
      state = null;
    }
    return new Known(state, System.nanoTime());
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
