package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeback.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole or absent, whatever happens to the process: each fault of {@code spec/process-faults.yaml}.
 */
class ProcessFaultIT {

  private static final String TABLE = "process-faults";
  private static final int AT_ONCE = 2;
  private static final int STOPPED = 143;

  /** Many times what one takes. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  @TempDir static Path directory;

  private static final BlockingQueue<SandboxProcess> SANDBOXES = new ArrayBlockingQueue<>(AT_ONCE);
  private static final FaultResults RESULTS = new FaultResults(TABLE);
  private static ExecutorService threads;

  @BeforeAll
  static void start() throws Exception {
    Launcher.assertBuilt();
    threads = Executors.newFixedThreadPool(AT_ONCE);
    WorkFolder folder = WorkFolder.empty(Files.createDirectory(directory.resolve("sandboxes")));
    for (int i = 0; i < AT_ONCE; i++) {
      SANDBOXES.add(SandboxProcess.start(folder));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    threads.shutdownNow();
    SANDBOXES.forEach(SandboxProcess::close);
    RESULTS.finish();
  }

  /** All are begun at once; each test waits for its own. */
  @TestFactory
  Stream<DynamicTest> leaveAWholeObjectOrNone() throws Exception {
    String only = System.getProperty("fault", "");
    List<DynamicTest> tests = new ArrayList<>();
    for (Spec.Case row : Spec.cases(TABLE).toList()) {
      String name = row.text("case");
      if (!row.has("fault") || !name.contains(only)) {
        continue;
      }
      Optional<String> missing = fault(row).missing();
      if (missing.isPresent()) {
        tests.add(DynamicTest.dynamicTest(name, () -> Assumptions.abort(missing.get())));
        continue;
      }
      Future<Void> end =
          threads.submit(
              () -> {
                tryOut(row);
                return null;
              });
      tests.add(DynamicTest.dynamicTest(name, () -> await(end)));
    }
    return tests.stream();
  }

  private static ProcessFault fault(Spec.Case row) {
    return ProcessFault.valueOf(row.text("fault"));
  }

  private static void await(Future<Void> end) throws Throwable {
    try {
      end.get();
    } catch (ExecutionException failed) {
      throw failed.getCause();
    }
  }

  private static void tryOut(Spec.Case row) throws Exception {
    SandboxProcess sandbox = SANDBOXES.take();
    try (ProcessScene scene =
        new ProcessScene(sandbox, Files.createTempDirectory(directory, "fault"))) {
      TimeLimit.keep(
          LONGEST,
          scene::threads,
          () -> {
            tryOut(row, scene);
            return null;
          });
    } finally {
      SANDBOXES.add(sandbox);
    }
  }

  private static void tryOut(Spec.Case row, ProcessScene scene) throws Exception {
    Launcher.Ended ended = fault(row).meet(scene);
    Tally after = compare(scene, row.list("there"));
    scene.restore();
    Tally next = runNext(row, scene);
    RESULTS.add(row.text("case"), after.withOrphans(0).plus(next).of(1));
    assertEnd(row, ended);
    int uploads = row.has("uploads") ? row.number("uploads") : 0;
    Tally left = row.flag("mayEndEarly") ? after.withOrphans(uploads) : after;
    assertThat(left).as(ended.output()).isEqualTo(Tally.GOOD.withOrphans(uploads));
    assertThat(next).as(ended.output()).isEqualTo(Tally.GOOD);
  }

  private static Tally compare(ProcessScene scene, List<String> days) throws Exception {
    return scene.compare(ProcessScene.DATA_SET, days.stream().map(ProcessScene::key).toList());
  }

  private static void assertEnd(Spec.Case row, Launcher.Ended ended) {
    String output = ended.output();
    assertThat(ended.exitCode()).as(output).isEqualTo(row.number("exit"));
    assertThat(output).doesNotContain("\tat ").doesNotContain("Exception in thread");
    assertThat(row.<String>list("says")).allSatisfy(words -> assertThat(output).contains(words));
  }

  /** By a program on its schedules, which is asked for the run. */
  private static Tally runNext(Spec.Case row, ProcessScene scene) throws Exception {
    try (ProgramProcess program = ProgramProcess.start(scene.launcher())) {
      CommandPort commands = new CommandPort(scene.folder());
      Map<String, String> ledger = scene.ledger(commands);
      String problem = program.problem(ProcessScene.JOB);
      if (row.flag("mayEndEarly") && ledger.isEmpty()) {
        assertThat(problem).isEmpty();
      } else {
        assertThat(ledger).isEqualTo(row.map("ledger"));
        assertThat(row.<String>list("health"))
            .allSatisfy(words -> assertThat(problem).contains(words));
        assertThat(problem.isEmpty()).as(problem).isEqualTo(!row.has("health"));
      }
      assertThat(program.health("/health/ready").statusCode()).isEqualTo(200);

      int next = commands.run(ProcessScene.JOB, ProcessScene.LAST_DAY);
      assertThat(next).as(commands.history(ProcessScene.JOB)).isZero();

      Map<String, String> done = new TreeMap<>(ledger);
      done.replaceAll((day, state) -> state.endsWith("(open)") ? "done" : state);
      done.put(ProcessScene.LAST_DAY, "done");
      assertThat(scene.ledger(commands)).isEqualTo(done);
      assertThat(program.health("/health").statusCode()).isEqualTo(200);
      assertThat(program.stop()).isEqualTo(STOPPED);
      List<String> days = new ArrayList<>(done.keySet());
      days.removeIf(day -> !done.get(day).equals("done"));
      return compare(scene, days);
    }
  }
}
