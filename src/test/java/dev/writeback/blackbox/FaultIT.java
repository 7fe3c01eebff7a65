package dev.writeback.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
 * sandbox, S3Proxy and database are processes of their own; two faults are tried at a time, each on
 * a stand of its own. {@code -Dfaults.rounds=20} tries each so often, {@code -Dfault=PATTERN} those
 * alone that fit, such as {@code ^AWS} or {@code 409}.
 */
class FaultIT {

  private static final int AT_ONCE = 2;
  private static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
  private static final long SEED = 4;

  @TempDir static Path directory;

  private static final List<Fault> FAULTS = Fault.all(System.getProperty("fault", ""));
  private static final FaultResults RESULTS = new FaultResults("faults");
  private static final List<FaultStand> STANDS = new ArrayList<>();
  private static final BlockingQueue<FaultStand> FREE = new ArrayBlockingQueue<>(AT_ONCE);
  private static EmbeddedPostgres database;
  private static ExecutorService threads;

  @BeforeAll
  static void start() throws Exception {
    Launcher.assertBuilt();
    database = EmbeddedPostgres.builder().start();
    threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<FaultStand>> starting = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String name = "stand" + i;
      starting.add(threads.submit(() -> stand(name)));
    }
    for (Future<FaultStand> stand : starting) {
      STANDS.add(stand.get());
    }
    FREE.addAll(STANDS);
  }

  private static FaultStand stand(String name) throws Exception {
    try (var connection = database.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return FaultStand.start(
        FAULTS,
        Files.createDirectory(directory.resolve(name)),
        database.getJdbcUrl("postgres", name));
  }

  @AfterAll
  static void stop() throws Exception {
    threads.shutdownNow();
    for (FaultStand stand : STANDS) {
      stand.close();
    }
    database.close();
    RESULTS.finish();
  }

  /** All are begun at once; each test waits for its own. */
  @TestFactory
  Stream<DynamicTest> leaveAWholeObjectOrNone() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault fault : FAULTS) {
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

  /**
   * The first round is as the row says; the others hit somewhere else, in the same places each
   * time.
   */
  private static void tryOut(Fault fault) throws Exception {
    FaultStand stand = FREE.take();
    Random random = new Random(SEED);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Optional<Random> places = round == 0 ? Optional.empty() : Optional.of(random);
        new FaultRun(fault, stand, round).check(places, RESULTS);
      }
    } finally {
      FREE.add(stand);
    }
  }
}
