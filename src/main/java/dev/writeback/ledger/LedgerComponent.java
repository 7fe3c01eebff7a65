package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Keeps the run of a job: begins it, fixes what it will write, and says how it ended. */
@Component("ledger")
public class LedgerComponent extends DefaultComponent {

  private final Set<RunContext> running = ConcurrentHashMap.newKeySet();
  private final LedgerStore store = new MemoryLedger();

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    LedgerEndpoint endpoint = new LedgerEndpoint(uri, this);
    endpoint.setOperation(
        getCamelContext().getTypeConverter().mandatoryConvertTo(LedgerOperation.class, remaining));
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** The runs that are under way in this CamelContext now; a snapshot. */
  public Collection<RunContext> running() {
    return List.copyOf(running);
  }

  /** What is known of the runs of all jobs. */
  public Ledger getLedger() {
    return store;
  }

  void begun(RunContext run) {
    running.add(run);
  }

  void ended(RunContext run) {
    running.remove(run);
    store.save(RunRecord.of(run, Instant.now()));
  }
}
