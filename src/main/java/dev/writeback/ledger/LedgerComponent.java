package dev.writeback.ledger;

import dev.writeback.run.Durable;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.slf4j.Logger;

/**
 * Keeps the runs of all jobs: begins them, one at a time for each job, fixes what they write, and
 * says how they ended. With a {@code dataSource} that outlives the process; without one, what needs
 * it is refused at start.
 */
@Component("ledger")
public class LedgerComponent extends DefaultComponent implements Durable {

  @Metadata(
      autowired = true,
      description =
          "The database of the ledger, H2 or PostgreSQL. Without one the ledger knows the runs of"
              + " this process alone.")
  private DataSource dataSource;

  @Metadata(
      description =
          "How long a job stays taken by a process that has died. The processes that share a"
              + " database have the same.",
      defaultValue = "60s",
      javaType = "java.time.Duration")
  private long leaseTime = 60_000;

  @Metadata(
      description =
          "How long the database may take for one statement, in full seconds; much less than"
              + " leaseTime. A run that needs the ledger fails then, and is repeated.",
      defaultValue = "10s",
      javaType = "java.time.Duration")
  private long statementTimeout = 10_000;

  @Metadata(
      description =
          "Whether the database is open to one process at a time, as an H2 file is: a job that"
              + " another process has left taken is free at once.",
      defaultValue = "false")
  private boolean ofOneProcess;

  private final Set<RunContext> running = ConcurrentHashMap.newKeySet();
  private final Freshness freshness = new Freshness();
  private Holder holder = Holder.ofThisProcess();
  private volatile LedgerStore store;
  private volatile LeaseKeeper leases;
  private volatile Optional<RunListener> listener = Optional.empty();
  private final JobExchangeEnds ends = new JobExchangeEnds(this::exchangeDone);

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    LedgerEndpoint endpoint = new LedgerEndpoint(uri, this);
    endpoint.setOperation(
        getCamelContext().getTypeConverter().mandatoryConvertTo(LedgerOperation.class, remaining));
    endpoint.setSettings(PropertiesHelper.extractProperties(parameters, "setting."));
    setProperties(endpoint, parameters);
    return endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Duration life = Duration.ofMillis(leaseTime);
    store = open(life);
    leases = new LeaseKeeper(store.leases(), holder, life);
    leases.start(getCamelContext());
    getCamelContext().getManagementStrategy().addEventNotifier(ends);
  }

  LedgerStore open(Duration life) {
    return dataSource == null
        ? new MemoryLedger()
        : JdbcLedger.open(
            dataSource,
            Duration.ofMillis(statementTimeout),
            life,
            ofOneProcess,
            getCamelContext().getClassResolver());
  }

  /** Where it is told of each run that it begins and how it ends. */
  Logger runs() {
    return OpenProducer.RUNS;
  }

  @Override
  protected void doStop() throws Exception {
    getCamelContext().getManagementStrategy().removeEventNotifier(ends);
    if (leases != null) {
      store.hurry();
      for (RunContext run : running()) {
        run.failed(stopped(null));
        stop(run);
      }
      leases.stop(getCamelContext());
      leases = null;
      store.close();
    }
    super.doStop();
  }

  /**
   * What is known of the runs of all jobs.
   *
   * @throws IllegalStateException before the component is started, which the CamelContext does
   */
  public Ledger getLedger() {
    return store();
  }

  LedgerStore store() {
    if (store == null) {
      throw new IllegalStateException("The ledger is opened when its CamelContext starts");
    }
    return store;
  }

  /** To give up runs that were left open. */
  public Abandonment abandonment() {
    return new Abandonment(store(), holder);
  }

  RunRecorder recorder() {
    return new RunRecorder(store(), run -> listener.ifPresent(told -> told.over(run)));
  }

  /** Tells one listener, in place of the one before. To be called before the first run. */
  public void tell(RunListener listener) {
    this.listener = Optional.of(listener);
  }

  /** How fresh a job's objects are to be, where that is stated and they are not. */
  public Optional<Duration> staleFor(String job) {
    return freshness.staleFor(job, store(), Instant.now());
  }

  /** A job is gone: how fresh its objects were to be is nothing to one of its name that comes. */
  public void forget(String job) {
    freshness.forget(job);
  }

  LeaseKeeper leases() {
    return leases;
  }

  @Override
  public boolean isDurable() {
    return dataSource != null;
  }

  /** The runs that are under way in this CamelContext now; a snapshot. */
  public Collection<RunContext> running() {
    return List.copyOf(running);
  }

  /** The jobs that state how fresh their objects are to be. */
  Freshness freshness() {
    return freshness;
  }

  /**
   * @param first what the stop has led to, or null where the run has not noticed yet
   */
  static RunException stopped(RunException first) {
    String led = first == null ? "" : " (" + first.getMessage() + ")";
    return new RunException(
        Outcome.STOPPED, false, "broken off by the stop of the program" + led, first);
  }

  /** Tells once of a run under way that the stop has broken off, and keeps it. */
  void stop(RunContext run) {
    if (running.remove(run) && run.getOutcome() == Outcome.STOPPED) {
      recorder().stopped(run);
      runs()
          .warn(
              "{} {}: run {}, attempt {}, {}",
              run.getJob(),
              run.getFailure().getMessage(),
              run.getId(),
              run.getAttempt(),
              run.getKey() == null
                  ? "nothing was written"
                  : "object s3://"
                      + run.getBucket()
                      + "/"
                      + run.getKey()
                      + ", finished first by the job's next run");
    }
  }

  void begun(RunContext run) {
    running.add(run);
    listener.ifPresent(told -> told.begun(run));
  }

  void ended(RunContext run) {
    running.remove(run);
  }

  /** What a run leaves is written before its job is free. */
  private void exchangeDone(Exchange exchange) {
    LeaseKeeper keeper = leases;
    if (keeper != null) {
      RunsOfExchange.over(exchange, recorder());
      keeper.exchangeDone(exchange.getExchangeId());
    }
  }

  /** For tests: another process. */
  void setHolder(Holder holder) {
    this.holder = holder;
  }

  public DataSource getDataSource() {
    return dataSource;
  }

  public void setDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public long getLeaseTime() {
    return leaseTime;
  }

  public void setLeaseTime(long leaseTime) {
    this.leaseTime = leaseTime;
  }

  public long getStatementTimeout() {
    return statementTimeout;
  }

  public void setStatementTimeout(long statementTimeout) {
    this.statementTimeout = statementTimeout;
  }

  public boolean isOfOneProcess() {
    return ofOneProcess;
  }

  public void setOfOneProcess(boolean ofOneProcess) {
    this.ofOneProcess = ofOneProcess;
  }
}
