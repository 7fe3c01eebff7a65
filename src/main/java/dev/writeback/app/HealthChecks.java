package dev.writeback.app;

import dev.writeback.job.ReloadState;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.model.RouteDefinition;

/**
 * What is looked at when the program is asked for its health: the ledger, the files, and each job.
 */
final class HealthChecks implements HealthCheckRepository {

  private final CamelContext context;
  private final RecentStates states;
  private final LedgerHealth ledger = new LedgerHealth();
  private final RoutesHealth routes = new RoutesHealth();
  private final Map<String, JobHealth> jobs = new ConcurrentHashMap<>();
  private boolean enabled = true;

  private HealthChecks(CamelContext context, RecentStates states) {
    this.context = context;
    this.states = states;
    ledger.setCamelContext(context);
    routes.setCamelContext(context);
  }

  static void register(CamelContext context, RecentStates states) {
    HealthCheckRegistry.get(context).register(new HealthChecks(context, states));
  }

  @Override
  public Stream<HealthCheck> stream() {
    if (!enabled) {
      return Stream.empty();
    }
    Set<String> all = new TreeSet<>(ReloadState.of(context).out());
    JobStates.jobs(context).stream().map(RouteDefinition::getRouteId).forEach(all::add);
    jobs.keySet().retainAll(all);
    return Stream.concat(Stream.of(ledger, routes), all.stream().map(this::job));
  }

  private HealthCheck job(String id) {
    return jobs.computeIfAbsent(
        id,
        job -> {
          JobHealth check = new JobHealth(job, states);
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
