package dev.writeback.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import dev.writeback.sandbox.SandboxDomo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The lines of the logger {@code dev.writeback.runs}: what people search for and alarm on. */
class RunLinesTest {

  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final String NUMBER = "\\d+";
  private static final String SECONDS = "seconds \\d+\\.\\d";

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger runs = (Logger) LoggerFactory.getLogger("dev.writeback.runs");
  private Sandbox sandbox;
  private ChainContext context;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    context = new ChainContext(sandbox).with("writeback.retries", "1");
    lines.start();
    runs.addAppender(lines);
  }

  @AfterEach
  void stop() {
    runs.detachAppender(lines);
    context.close();
    sandbox.close();
  }

  private RunContext run() throws Exception {
    context
        .job(
            "job",
            Map.of(
                "inputDataset", SandboxDomo.ORDERS,
                "fileName", "orders_<current_date>",
                "timeZone", "America/Denver"))
        .start();
    return RunContext.of(context.run("job", SLOT));
  }

  private List<String> told() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void areTwoForARunThatIsDone() throws Exception {
    String run = "run " + run().getId();

    assertThat(told()).hasSize(2);
    assertThat(told().get(0))
        .isEqualTo(
            "job started: "
                + run
                + ", DataSet "
                + SandboxDomo.ORDERS
                + ", slot 2026-03-29T00:00:00-06:00, object"
                + " s3://landing/orders_2026-03-29.csv, attempt 1");
    assertThat(told().get(1))
        .matches(
            "job done: "
                + run
                + ", attempt 1, DataSet "
                + SandboxDomo.ORDERS
                + ", rows "
                + NUMBER
                + ", bytes "
                + NUMBER
                + ", object s3://landing/orders_2026-03-29\\.csv, version \\S+, "
                + SECONDS
                + ".*");
    assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.INFO);
  }

  @Test
  void areTwoForEachAttempt() throws Exception {
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 500).times(1));

    String run = "run " + run().getId();

    assertThat(told()).hasSize(4);
    assertThat(told().get(0)).startsWith("job started: " + run).endsWith(", attempt 1");
    assertThat(told().get(1))
        .matches(
            "job failed: "
                + run
                + ", attempt 1, DataSet "
                + SandboxDomo.ORDERS
                + ", rows read 0, object s3://landing/orders_2026-03-29\\.csv not written, "
                + SECONDS
                + ": export of DataSet .*Domo answered 500.*");
    assertThat(told().get(2)).startsWith("job started: " + run).endsWith(", attempt 2");
    assertThat(told().get(3)).startsWith("job done: " + run + ", attempt 2, ");
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.INFO, Level.ERROR, Level.INFO, Level.INFO);
  }
}
