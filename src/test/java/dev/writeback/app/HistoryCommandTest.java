package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as it is typed, after three runs of a shipped job. */
class HistoryCommandTest {

  private static final String JOB = "orders-by-hand";

  @TempDir Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Sandbox sandbox;

  @BeforeEach
  void runs() throws Exception {
    sandbox = Sandbox.start();
    settings.putAll(SandboxSettings.of(sandbox));
    settings.putAll(SandboxSettings.callerKeys());
    settings.put(LedgerDatabase.URL, "jdbc:h2:file:" + folder.resolve("ledger"));
    settings.forEach(System::setProperty);
    for (int day = 1; day <= 3; day++) {
      Instant slot = Instant.parse("2026-03-0" + day + "T12:00:00Z");
      assertThat(new Jobs().run(JOB, slot, null, true).isDone()).isTrue();
    }
  }

  @AfterEach
  void stop() {
    settings.keySet().forEach(System::clearProperty);
    sandbox.close();
  }

  private int history(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine program = Program.commandLine();
    program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "history";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return program.execute(all);
  }

  @Test
  void showsAsManyAsItIsAskedForTheNewestFirst() {
    assertThat(history("-n", "2")).isZero();
    assertThat(out.toString().lines().skip(1))
        .hasSize(2)
        .satisfiesExactly(
            newest -> assertThat(newest).contains("2026-03-03T05:00:00-07:00"),
            older -> assertThat(older).contains("2026-03-02T05:00:00-07:00"));

    assertThat(history(JOB, "-n", "1", "--json")).isZero();
    assertThat(out.toString().lines()).singleElement().asString().contains("2026-03-03T12:00:00Z");

    assertThat(history()).isZero();
    assertThat(out.toString().lines().skip(1)).hasSize(3);

    assertThat(history("nightly")).isEqualTo(2);
    assertThat(err.toString()).contains("no job is called 'nightly'");
    err.getBuffer().setLength(0);

    assertThat(history("-n", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("-n - no number of runs - '0' - from 1 to 1000");
  }
}
