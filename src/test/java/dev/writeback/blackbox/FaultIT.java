package dev.writeback.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole or absent: each fault of {@code spec/faults.yaml}, against the built program. Program,
 * sandbox and database are processes of their own; two faults are tried at a time, each with a
 * sandbox of its own.
 */
class FaultIT {

  private static final int AT_ONCE = 2;

  @TempDir static Path directory;

  private static final BlockingQueue<SandboxProcess> SANDBOXES = new ArrayBlockingQueue<>(AT_ONCE);
  private static final FaultResults RESULTS = new FaultResults("faults");
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
  Stream<DynamicTest> leaveAWholeObjectOrNone() {
    String only = System.getProperty("fault", "");
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault fault : Fault.all().filter(one -> one.name().contains(only)).toList()) {
      Future<Void> end =
          threads.submit(
              () -> {
                tryOut(fault);
                return null;
              });
      tests.add(DynamicTest.dynamicTest(fault.toString(), () -> await(end)));
    }
    return tests.stream();
  }

  private static void await(Future<Void> end) throws Throwable {
    try {
      end.get();
    } catch (ExecutionException failed) {
      throw failed.getCause();
    }
  }

  private static void tryOut(Fault fault) throws Exception {
    SandboxProcess sandbox = SANDBOXES.take();
    try {
      new FaultRun(fault, sandbox, Files.createTempDirectory(directory, "fault"), RESULTS).check();
    } finally {
      SANDBOXES.add(sandbox);
    }
  }
}
