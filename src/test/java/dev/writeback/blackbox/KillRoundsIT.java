package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built program, killed (SIGKILL) at random moments between its start and its end, in turn
 * while it writes a whole DataSet in several parts and while it writes an increment; and run once
 * more after each. {@code -Dkill.rounds=100} for the long form, {@code -Dkill.seed} for other
 * moments.
 */
class KillRoundsIT {

  private static final String WHOLE =
      "kill -9 at a random moment, a whole DataSet in several parts";
  private static final String INCREMENT = "kill -9 at a random moment, an increment";
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 4);
  private static final long SEED = Long.getLong("kill.seed", 20_261_125L);
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
  private static final int BYTES_PER_SECOND = 8_000_000;

  /** Of a run's usual time: in the start of Java there is nothing to be broken. */
  private static final double EARLIEST = 0.25;

  private static final double LATEST = 1.1;
  private static final FaultResults RESULTS = new FaultResults("kill-rounds");

  @TempDir Path directory;

  private final Random random = new Random(SEED);
  private final List<String> increments = new ArrayList<>();
  private SandboxProcess sandbox;
  private WorkFolder folder;
  private String batches;
  private int days;
  private int killed;

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
    Path sandboxes = Files.createDirectory(directory.resolve("sandbox"));
    sandbox = SandboxProcess.start(WorkFolder.empty(sandboxes));
    Map<String, Object> wanted = Map.of("name", "Batches", "rows", List.of(40, 30));
    batches = sandbox.tell("batches", wanted).get("dataSet").asText();
    folder =
        WorkFolder.empty(Files.createDirectory(directory.resolve("work")))
            .job(
                "whole",
                Map.of("inputDataset", ProcessScene.DATA_SET, "fileName", "whole_<current_date>"))
            .job("increments", Increments.job(batches));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void noKillLeavesAnythingWrong() throws Exception {
    Duration usualOfWhole = usual("whole");
    Duration usualOfIncrement = usual("increments");
    collectIncrements();
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        RESULTS.add(WHOLE, wholeRound(usualOfWhole));
      } else {
        RESULTS.add(INCREMENT, incrementRound(usualOfIncrement));
      }
    }
    assertThat(killed).as("killed before their end").isPositive();
  }

  private Tally wholeRound(Duration usual) throws Exception {
    sandbox.empty();
    String killedDay = killAtRandom("whole", usual);
    Tally after = compareWhole(keys());
    run("whole");
    List<String> told = new ArrayList<>();
    for (JsonNode run : latest("whole")) {
      // One that was killed before its first line has left the run of an earlier round here.
      boolean ofThisRound = run.get("slot").asText().compareTo(killedDay) >= 0;
      if (ofThisRound && run.path("outcome").asText().equals("done")) {
        told.add(run.get("key").asText());
      }
    }
    Tally next = compareWhole(told);
    assertThat(after.withOrphans(0)).as(moment()).isEqualTo(Tally.GOOD);
    assertThat(next).as(moment()).isEqualTo(Tally.GOOD);
    return after.withOrphans(0).plus(next).of(1);
  }

  private Tally incrementRound(Duration usual) throws Exception {
    sandbox.empty();
    append(50);
    killAtRandom("increments", usual);
    append(20);
    run("increments");
    latest("increments");
    collectIncrements();
    assertThat(sandbox.ask("s3/uploads")).as(moment()).isEmpty();
    assertThat(Increments.together(increments))
        .as(moment())
        .isEqualTo(Launcher.read(sandbox.open("exports/" + batches)));
    return Tally.GOOD;
  }

  private String moment() {
    return "day %d of seed %d".formatted(days, SEED);
  }

  private Tally compareWhole(List<String> keys) throws Exception {
    Map<String, BucketContents.Expected> expected = new HashMap<>();
    keys.forEach(key -> expected.put(key, () -> sandbox.open("exports/" + ProcessScene.DATA_SET)));
    return BucketContents.compare(sandbox, expected);
  }

  private List<String> keys() throws Exception {
    List<String> keys = new ArrayList<>();
    sandbox.ask("objects").forEach(object -> keys.add(object.get("key").asText()));
    keys.sort(null);
    return keys;
  }

  private void collectIncrements() throws Exception {
    for (String key : keys()) {
      if (key.startsWith("rows_")) {
        increments.add(Launcher.read(sandbox.open("objects/" + key)));
      }
    }
  }

  private void append(int rows) throws Exception {
    sandbox.tell("append", Map.of("dataSet", batches, "rows", rows));
  }

  private Launcher launcher() {
    return sandbox.launcher(folder).with("ledger.url", "jdbc:h2:file:./ledger");
  }

  private String nextDay() {
    return FIRST_DAY.plusDays(days++).toString();
  }

  /** To the end, for the next day. */
  private void run(String job) throws Exception {
    Launcher.Ended ended = launcher().run("run", job, "--at", nextDay());
    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }

  /** The run that was killed, and the one after it: neither is open. */
  private List<JsonNode> latest(String job) throws Exception {
    List<JsonNode> runs = new ArrayList<>();
    String history = launcher().run("history", job, "-n", "2", "--json").output();
    for (String line : history.lines().toList()) {
      runs.add(new ObjectMapper().readTree(line));
    }
    assertThat(runs).as(history).isNotEmpty().allMatch(run -> run.has("ended"));
    return runs;
  }

  /** The source is so slow that an upload takes as long as all else. */
  private void slow() throws Exception {
    sandbox.tell(
        "faults", Map.of("kind", "THROTTLE", "endpoint", "EXPORT", "amount", BYTES_PER_SECOND));
  }

  private Duration usual(String job) throws Exception {
    slow();
    Instant begun = Instant.now();
    run(job);
    sandbox.heal();
    return Duration.between(begun, Instant.now());
  }

  /** Gives the day of the run that was killed. */
  private String killAtRandom(String job, Duration usual) throws Exception {
    String day = nextDay();
    slow();
    double part = EARLIEST + random.nextDouble() * (LATEST - EARLIEST);
    Process process = launcher().start("run", job, "--at", day);
    if (!process.waitFor((long) (usual.toMillis() * part), TimeUnit.MILLISECONDS)) {
      killed++;
    }
    process.destroyForcibly().waitFor();
    sandbox.heal();
    return day;
  }
}
