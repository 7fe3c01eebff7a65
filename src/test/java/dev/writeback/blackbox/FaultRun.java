package dev.writeback.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * One round of a fault: its job meets it, in a process of its own; everything is looked at; all is
 * well again, and the program on its schedules runs the job once more.
 */
final class FaultRun {

  private static final String OLD = "somebody else's\n";
  private static final LocalDate FIRST_DAY = LocalDate.parse("2026-03-29");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fault fault;
  private final FaultStand stand;
  private final SandboxProcess sandbox;
  private final String day;
  private final String nextDay;

  /**
   * @param round from 0; each has days of its own
   */
  FaultRun(Fault fault, FaultStand stand, int round) {
    this.fault = fault;
    this.stand = stand;
    this.sandbox = stand.sandbox();
    this.day = FIRST_DAY.plusDays(2L * round).toString();
    this.nextDay = FIRST_DAY.plusDays(2L * round + 1).toString();
  }

  /**
   * @param random where the fault hits, if not where its row says
   */
  void check(Optional<Random> random, FaultResults results) throws Exception {
    sandbox.heal();
    sandbox.empty();
    if (fault.isObjectThereBefore()) {
      sandbox.put(fault.key(day), OLD);
    }
    inject(random);
    Launcher.Ended ended = stand.run(fault, day);
    sandbox.heal();
    Tally after = BucketContents.compare(sandbox, expected(fault.bucket()));
    String health = healthAfter();
    int nextExit = stand.commands().run(fault.job(), nextDay);
    Tally next = BucketContents.compare(sandbox, expectedNext());
    results.add(fault.name(), after.withOrphans(0).plus(next).of(1));

    String output = ended.output() + health;
    assertThat(ended.exitCode()).as(output).isEqualTo(fault.exit());
    assertThat(ended.output()).doesNotContain("\tat ");
    assertThat(fault.says()).allSatisfy(words -> assertThat(ended.output()).contains(words));
    assertThat(after).as(output).isEqualTo(Tally.GOOD.withOrphans(fault.openUploads()));
    assertThat(nextExit).as(output + stand.commands().history(fault.job())).isZero();
    assertThat(next).as(output).isEqualTo(Tally.GOOD);
    assertThat(outcomes()).as(output).isEqualTo(expectedOutcomes());
    awaitHealth("UP", "");
  }

  private void inject(Optional<Random> random) throws Exception {
    for (Map<String, Object> one : fault.domo(random)) {
      sandbox.tell("faults", one);
    }
    for (Map<String, Object> one : fault.s3(random)) {
      sandbox.tell("s3/faults", one);
    }
    sandbox.tell("sts", fault.sts());
    sandbox.tell("domo", fault.account());
  }

  private Map<String, BucketContents.Expected> expected(Fault.Bucket bucket) {
    String key = fault.key(day);
    return switch (bucket) {
      case NOTHING -> Map.of();
      case WHOLE -> Map.of(key, this::whole);
      case SENT -> Map.of(key, this::sent);
      case OLD -> Map.of(key, () -> new ByteArrayInputStream(OLD.getBytes(UTF_8)));
    };
  }

  private Map<String, BucketContents.Expected> expectedNext() {
    Map<String, BucketContents.Expected> expected = new HashMap<>();
    expected.putAll(expected(fault.isFinished() ? Fault.Bucket.WHOLE : fault.bucket()));
    expected.put(fault.key(nextDay), this::whole);
    return expected;
  }

  private InputStream whole() throws Exception {
    InputStream export = sandbox.open("exports/" + stand.dataSet(fault));
    if (!fault.charset().equals(UTF_8)) {
      return new ByteArrayInputStream(Launcher.read(export).getBytes(fault.charset()));
    }
    return fault.isJsonLines() ? ExportAsJson.of(export) : export;
  }

  /** What is malformed at Domo is not mended, and not made worse. */
  private InputStream sent() throws Exception {
    Map<String, Object> wrong = fault.domo(Optional.empty()).get(0);
    int before = (Integer) wrong.get("amount");
    String row = (String) wrong.get("message");
    InputStream first = sandbox.open("exports/" + Fault.generated(before));
    InputStream last = sandbox.open("exports/" + Fault.generated(fault.rows() - before - 1));
    for (int read = 0; read != '\n'; read = last.read()) {
      // Its header.
    }
    return new SequenceInputStream(
        new SequenceInputStream(first, new ByteArrayInputStream(row.getBytes(ISO_8859_1))), last);
  }

  /** What hurts one job makes the program neither dead nor unready. */
  private String healthAfter() throws Exception {
    assertThat(stand.program().health("/health/live").statusCode()).isEqualTo(200);
    assertThat(stand.program().health("/health/ready").statusCode()).isEqualTo(200);
    if (fault.exit() == 0 || fault.isByHand() && !fault.isFinished()) {
      return awaitHealth("UP", "");
    }
    return awaitHealth(
        "DOWN",
        fault.isFinished()
            ? "is open: the job's next run finishes it first"
            : "the last run failed, " + fault.outcome());
  }

  /** The program looks at the ledger now and then. */
  private String awaitHealth(String status, String message) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .until(
            this::health,
            check ->
                check.path("status").asText().equals(status)
                    && check.path("message").asText().contains(message))
        .toString();
  }

  private JsonNode health() throws Exception {
    String health = stand.program().health("/health").body();
    for (JsonNode check : JSON.readTree(health).get("checks")) {
      if (check.get("name").asText().equals("job:" + fault.job())) {
        return check;
      }
    }
    throw new AssertionError(health);
  }

  private Map<String, String> expectedOutcomes() {
    boolean done = fault.exit() == 0 || fault.isFinished();
    return Map.of(
        day + "T00:00:00Z", done ? "done" : fault.outcome(), nextDay + "T00:00:00Z", "done");
  }

  /** By the ledger, the outcome of each slot of this round. */
  private Map<String, String> outcomes() throws IOException, InterruptedException {
    Map<String, String> outcomes = new TreeMap<>();
    for (String line : stand.commands().history(fault.job()).lines().toList()) {
      JsonNode run = JSON.readTree(line);
      outcomes.put(run.path("slot").asText(), run.path("outcome").asText("open"));
    }
    outcomes.keySet().removeIf(slot -> slot.compareTo(day) < 0);
    return outcomes;
  }
}
