package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole or absent, whatever happens to a program on its schedules: each slot has one object, also
 * one that passed while the program was down.
 */
class ScheduleFaultIT {

  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String SMALL = "00000000-0000-4000-8000-000000003000";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss").withZone(ZoneOffset.UTC);

  private static final FaultResults RESULTS = new FaultResults("schedule-faults");

  @TempDir Path directory;
  private SandboxProcess sandbox;
  private ProcessScene scene;

  @BeforeAll
  static void built() {
    Launcher.assertBuilt();
  }

  @AfterAll
  static void tell() throws IOException {
    RESULTS.finish();
  }

  @BeforeEach
  void start() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("sandbox"));
    sandbox = SandboxProcess.start(WorkFolder.empty(folder));
  }

  @AfterEach
  void stop() throws Exception {
    if (scene != null) {
      scene.close();
    }
    sandbox.close();
  }

  private void scene(UnaryOperator<WorkFolder> job) throws Exception {
    scene = new ProcessScene(sandbox, Files.createDirectory(directory.resolve("scene")), job);
  }

  private static Map<String, Object> job(String dataSet) {
    return Map.of("inputDataset", dataSet, "fileName", "rows_<current_date:HHmmss>");
  }

  private static String key(Instant slot) {
    return "rows_" + TIME.format(slot) + ".csv";
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(LONG).until(condition);
  }

  /** The slots of all runs that the ledger calls done. */
  private List<Instant> done() throws Exception {
    List<Instant> slots = new ArrayList<>();
    for (JsonNode run : scene.history()) {
      if (run.path("outcome").asText().equals("done")) {
        slots.add(Instant.parse(run.get("slot").asText()));
      }
    }
    return slots;
  }

  private void assertEachSlotHasItsObject(String fault, String dataSet) throws Exception {
    List<Instant> done = done();
    Tally round = scene.compare(dataSet, done.stream().map(ScheduleFaultIT::key).toList());
    RESULTS.add(fault, round);
    assertThat(round).isEqualTo(Tally.GOOD);
    assertThat(done).doesNotHaveDuplicates();
  }

  @Test
  void aSlotThatPassedWhileTheProgramWasDownIsMadeUpFor() throws Exception {
    int second = LocalTime.now(ZoneOffset.UTC).plusSeconds(15).getSecond();
    scene(folder -> folder.scheduled("rows", second + " * * * * ?", job(ProcessScene.DATA_SET)));
    scene.hold();
    try (ProgramProcess first = ProgramProcess.start(scene.launcher())) {
      scene.awaitUpload(first.process());
      first.process().toHandle().destroyForcibly();
      first.process().waitFor();
    }
    scene.heal();
    assertThat(scene.keys()).isEmpty();
    Instant left = Instant.parse(scene.history().get(0).get("slot").asText());
    Instant missed = left.plusSeconds(60);
    await(() -> Instant.now().isAfter(missed.plusSeconds(1)));

    Instant up;
    try (ProgramProcess again = ProgramProcess.start(scene.launcher())) {
      up = Instant.now();
      await(() -> scene.keys().size() >= 2);
      await(() -> again.problem("rows").isEmpty());
      again.stop();
    }

    assertEachSlotHasItsObject("killed, and down over a slot", ProcessScene.DATA_SET);
    assertThat(done()).contains(left).anyMatch(slot -> slot.isAfter(left) && slot.isBefore(up));
  }

  @Test
  void aDatabaseThatIsGoneForAWhileStopsNothingForGood() throws Exception {
    scene(folder -> folder.everySecond("rows", job(SMALL)));
    PostgresServer database = scene.database();
    try (ProgramProcess program = ProgramProcess.start(scene.launcher())) {
      await(() -> scene.keys().size() >= 2);
      assertThat(program.health("/health/ready").statusCode()).isEqualTo(200);

      database.stop();
      await(() -> program.health("/health/ready").statusCode() == 503);
      await(() -> program.lines().stream().anyMatch(line -> line.contains("ledger's database")));
      int before = scene.keys().size();
      database.startAgain();

      await(() -> program.health("/health/ready").statusCode() == 200);
      await(() -> scene.keys().size() >= before + 2);
      await(() -> program.problem("rows").isEmpty());
      program.stop();
    }
    runOnce();
    assertEachSlotHasItsObject(
        "the database of the ledger is gone for a while, under schedules", SMALL);
  }

  /** With overwrite it is the ledger alone that keeps a slot from being written twice. */
  @Test
  void twoProgramsWithOneLedgerShareASchedule() throws Exception {
    Map<String, Object> job = new HashMap<>(job(SMALL));
    job.put("overwrite", true);
    scene(folder -> folder.everySecond("rows", job));
    scene.database();
    Launcher onAnotherMachine = scene.launcher(scene.folder("second"));
    try (ProgramProcess one = ProgramProcess.start(scene.launcher());
        ProgramProcess other = ProgramProcess.start(onAnotherMachine)) {
      await(() -> scene.keys().size() >= 3);
      await(() -> Stream.of(one, other).anyMatch(ScheduleFaultIT::cameSecond));
      one.stop();
      int before = scene.keys().size();
      await(() -> scene.keys().size() >= before + 2);
      await(() -> other.problem("rows").isEmpty());
      other.stop();
    }
    runOnce();
    assertEachSlotHasItsObject("two programs with one ledger share a schedule", SMALL);
    assertThat(timesWritten())
        .containsOnlyKeys(scene.keys())
        .allSatisfy((key, times) -> assertThat(times).as(key).isOne());
  }

  /** To a slot that the other program writes, or has written. */
  private static boolean cameSecond(ProgramProcess program) {
    return program.lines().stream().anyMatch(line -> line.contains("rows not run"));
  }

  /** How often S3 has stored each object. */
  private Map<String, Integer> timesWritten() throws Exception {
    Map<String, Integer> times = new HashMap<>();
    for (JsonNode request : sandbox.ask("s3/requests")) {
      boolean stores = request.get("operation").asText().equals("PUT_OBJECT");
      if (stores && request.get("status").asInt() == 200) {
        times.merge(request.get("key").asText(), 1, Integer::sum);
      }
    }
    return times;
  }

  /** What a stop has left open is finished by it. */
  private void runOnce() throws Exception {
    Launcher.Ended ended = scene.launcher().run("run", "rows");
    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }
}
