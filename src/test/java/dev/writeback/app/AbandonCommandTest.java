package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writeback.ledger.RunRecord;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.sandbox.S3Fault;
import dev.writeback.sandbox.S3Operation;
import dev.writeback.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run of a shipped job that never learns what became of its object, and is given up. */
class AbandonCommandTest {

  private static final String JOB = "orders-by-hand";
  private static final Instant SLOT = Instant.parse("2026-03-29T06:00:00Z");
  private static final Instant NEXT = Instant.parse("2026-03-30T06:00:00Z");
  private static final String SHOWN = "2026-03-29T00:00:00-06:00";

  @TempDir Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  private Sandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    settings.putAll(SandboxSettings.of(sandbox));
    settings.putAll(SandboxSettings.callerKeys());
    settings.put(LedgerDatabase.URL, "jdbc:h2:file:" + folder.resolve("ledger"));
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void stop() {
    settings.keySet().forEach(System::clearProperty);
    sandbox.close();
  }

  private int execute(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine program = Program.commandLine();
    program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return program.execute(arguments);
  }

  private static RunContext run(Instant slot) {
    return new Jobs().run(JOB, slot, null, true);
  }

  private static List<RunRecord> history() {
    return new Jobs().history(JOB, 9);
  }

  /**
   * @param stored whether S3 has the object though it says otherwise
   */
  private RunContext leave(boolean stored) {
    sandbox.s3().inject(S3Fault.refuse(403, "AccessDenied").on(S3Operation.HEAD_OBJECT));
    sandbox
        .s3()
        .inject(
            (stored
                    ? S3Fault.storeAndRefuse(500, "InternalError")
                    : S3Fault.refuse(500, "InternalError"))
                .on(S3Operation.PUT_OBJECT));
    RunContext left = run(SLOT);
    assertThat(history()).singleElement().matches(RunRecord::isOpenIntent);
    return left;
  }

  @Test
  void aRunWhoseObjectIsNotThereIsTheNextOnes() {
    RunContext left = leave(false);
    assertThat(run(NEXT).getFailure())
        .hasMessageStartingWith("run " + left.getId() + " of slot " + SHOWN + ", open since ")
        .hasMessageContaining(
            "object s3://landing/sales/orders/orders_2026-03-28.csv, the whole DataSet, has to be"
                + " finished first and failed again: ")
        .hasMessageContaining("abandon " + JOB + " --slot " + SHOWN + " gives it up");
    sandbox.s3().heal();

    assertThat(execute("abandon", JOB, "--slot", SHOWN)).isEqualTo(2);
    assertThat(out.toString())
        .startsWith("run " + left.getId() + " of slot " + SHOWN)
        .contains("its object is not there: what it was about to write is the next run's")
        .contains("Nothing was given up. To do it, add --yes.");
    assertThat(history()).anyMatch(RunRecord::isOpenIntent);

    assertThat(execute("abandon", JOB, "--slot", SHOWN, "--yes")).isZero();

    assertThat(out.toString()).endsWith("Done." + System.lineSeparator());
    assertThat(history())
        .filteredOn(run -> run.id().equals(left.getId()))
        .extracting(RunRecord::outcome, RunRecord::error)
        .containsExactly(
            tuple(Outcome.ABANDONED, "given up by a person; its object was not there"));
    assertThat(run(NEXT).isDone()).isTrue();
    assertThat(sandbox.s3().objects()).as("the next run's alone").hasSize(1);
    assertThat(execute("abandon", JOB)).isZero();
    assertThat(out.toString()).contains("Nothing of job " + JOB + " is open.");
  }

  @Test
  void aRunWhoseObjectIsThereIsDone() {
    RunContext left = leave(true);
    sandbox.s3().heal();

    assertThat(execute("abandon", JOB, "--yes")).isZero();

    assertThat(out.toString()).contains("its object is there: the run is kept as done");
    assertThat(history())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.id()).isEqualTo(left.getId());
              assertThat(run.outcome()).isEqualTo(Outcome.DONE);
              assertThat(run.ended()).isNotNull();
              assertThat(run.error()).isNull();
              assertThat(run.object().eTag()).isNotBlank();
            });
  }

  @Test
  void whereNobodyCanTellItIsSaid() {
    leave(true);

    assertThat(execute("abandon", JOB, "--yes")).isZero();

    assertThat(out.toString())
        .contains("whether its object is there is not known (")
        .contains("the next run writes its rows once more");
    assertThat(history()).extracting(RunRecord::outcome).containsExactly(Outcome.ABANDONED);
  }

  @Test
  void aSlotThatIsNotOpenIsAMistake() {
    leave(false);

    assertThat(execute("abandon", JOB, "--slot", "2026-03-28", "--yes")).isEqualTo(2);

    assertThat(err.toString()).contains("open are " + SHOWN);
    assertThat(history()).singleElement().matches(RunRecord::isOpenIntent);
  }

  @Test
  void aJobThatNobodyKnowsIsAMistake() {
    assertThat(execute("abandon", "orders-by-hnad")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean '" + JOB + "'?");
  }
}
