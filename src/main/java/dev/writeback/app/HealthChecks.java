package dev.writeback.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.model.RouteDefinition;

/** What is looked at when the program is asked for its health: the ledger, and each job. */
final class HealthChecks implements HealthCheckRepository {

  private final CamelContext context;
  private final LedgerHealth ledger = new LedgerHealth();
  private final Map<RouteDefinition, JobHealth> jobs = new ConcurrentHashMap<>();
  private boolean enabled = true;

  private HealthChecks(CamelContext context) {
    this.context = context;
    ledger.setCamelContext(context);
  }

  static void register(CamelContext context) {
    HealthCheckRegistry.get(context).register(new HealthChecks(context));
  }

  @Override
  public Stream<HealthCheck> stream() {
    var loaded = JobStates.jobs(context);
    jobs.keySet().retainAll(loaded);
    return enabled
        ? Stream.concat(Stream.of(ledger), loaded.stream().map(this::job))
        : Stream.empty();
  }

  private HealthCheck job(RouteDefinition route) {
    return jobs.computeIfAbsent(
        route,
        loaded -> {
          JobHealth check = new JobHealth(loaded);
          check.setCamelContext(context);
          return check;
        });
  }

  @Override
  public String getId() {
    return "writeback";
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }
}
