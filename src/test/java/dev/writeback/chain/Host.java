package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Exchange;

/** A host with a Domo, an STS, an S3 and a database of its own, and a CamelContext on them. */
final class Host implements AutoCloseable {

  private static final String JOB = "airports";
  private static final Instant SLOT = Instant.parse("2026-03-29T03:00:00Z");

  /** So that Quartz runs too. */
  private static final String NIGHTLY =
      """
      - route:
          id: nightly
          description: Not due while the test runs
          routeConfigurationId: writeback
          from:
            uri: quartz:writeback/nightly
            parameters:
              cron: "0 0 6 1 1 ? 2099"
              trigger.timeZone: UTC
              stateful: true
            steps:
      """
          + ChainContext.step(
              Map.of("inputDataset", SandboxDomo.ORDERS, "fileName", "orders_<current_date>"))
          + "\n";

  final Sandbox sandbox;
  final HikariDataSource database;
  final ChainContext context;

  /** Starts all of it, with a database in memory. */
  Host(String name) throws Exception {
    this(Sandbox.start(), database(name, "jdbc:h2:mem:" + name));
  }

  /** Starts a context on these; all is closed together. */
  Host(Sandbox sandbox, HikariDataSource database) throws Exception {
    this.sandbox = sandbox;
    this.database = database;
    context = new ChainContext(sandbox);
    context
        .ledger(database)
        .job(
            JOB,
            Map.of(
                "inputDataset",
                SandboxDomo.AIRPORTS,
                "fileName",
                "airports",
                "compression",
                "gzip",
                "overwrite",
                true))
        .yaml("nightly.camel.yaml", NIGHTLY);
    context.start();
  }

  static HikariDataSource database(String name, String url) {
    HikariDataSource database = new HikariDataSource();
    database.setPoolName(name);
    database.setJdbcUrl(url);
    return database;
  }

  /** Begins a run of the job. */
  CompletableFuture<Exchange> begin() {
    return CompletableFuture.supplyAsync(() -> context.run(JOB, SLOT));
  }

  /** Waits for a run's end, which has to be a good one. */
  static void assertDone(CompletableFuture<Exchange> run) throws Exception {
    Exchange exchange = run.get(60, TimeUnit.SECONDS);
    assertThat(exchange.getException()).isNull();
    assertThat(RunContext.of(exchange).isDone()).isTrue();
  }

  /** The job's object is there, every byte, and nothing else. */
  void assertWritten() throws Exception {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    sandbox.domo().writeExport(SandboxDomo.AIRPORTS, export);
    assertThat(sandbox.s3().objects()).hasSize(1);
    try (GZIPInputStream written =
        new GZIPInputStream(new ByteArrayInputStream(sandbox.s3().bytes("airports.csv.gz")))) {
      assertThat(written.readAllBytes()).isEqualTo(export.toByteArray());
    }
  }

  @Override
  public void close() {
    context.close();
    database.close();
    sandbox.close();
  }
}
