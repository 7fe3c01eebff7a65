package dev.writeback.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One round of a fault: a job meets it, everything is looked at, all is well again, and the program
 * on its schedules runs the job once more.
 */
final class FaultRun {

  private static final String JOB = "rows";
  private static final String DAY = "2026-03-29";
  private static final String NEXT_DAY = "2026-03-30";
  private static final String OLD = "somebody else's\n";
  private static final int ON_A_PAGE = 50;
  private static final int STOPPED = 143;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fault fault;
  private final SandboxProcess sandbox;
  private final FaultResults results;
  private final WorkFolder folder;
  private final String dataSet;

  FaultRun(Fault fault, SandboxProcess sandbox, Path directory, FaultResults results)
      throws Exception {
    this.fault = fault;
    this.sandbox = sandbox;
    this.results = results;
    String name = "Rows " + UUID.randomUUID();
    this.dataSet = fault.isListed() ? listed(name) : fault.dataSet();
    this.folder =
        WorkFolder.empty(directory).job(JOB, fault.job(fault.isListed() ? name : dataSet));
  }

  /** One of so many that Domo lists them on two pages. */
  private String listed(String name) throws Exception {
    for (int i = 0; i < ON_A_PAGE; i++) {
      sandbox.tell("batches", Map.of("name", name + " " + i, "rows", List.of(1)));
    }
    Map<String, Object> wanted = Map.of("name", name, "rows", List.of(300));
    return sandbox.tell("batches", wanted).get("dataSet").asText();
  }

  void check() throws Exception {
    sandbox.heal();
    sandbox.empty();
    if (fault.isObjectThereBefore()) {
      sandbox.put(key(DAY), OLD);
    }
    inject();
    Launcher.Ended ended = withFault().run(command());
    Tally after = BucketContents.compare(sandbox, expected(fault.bucket(), DAY));
    sandbox.heal();
    Tally next = runNext();
    results.add(fault.name(), after.withOrphans(0).plus(next).of(1));
    checkEnd(ended);
    assertThat(after).as(ended.output()).isEqualTo(Tally.GOOD.withOrphans(fault.openUploads()));
    assertThat(next).as(ended.output()).isEqualTo(Tally.GOOD);
  }

  private void inject() throws Exception {
    for (Map<String, Object> one : fault.domo()) {
      sandbox.tell("faults", one);
    }
    for (Map<String, Object> one : fault.s3()) {
      sandbox.tell("s3/faults", one);
    }
    sandbox.tell("sts", fault.sts());
    sandbox.tell("domo", fault.account());
  }

  private Launcher launcher() {
    return sandbox
        .launcher(folder)
        .with("ledger.url", "jdbc:h2:file:./ledger")
        .with("writeback.retry-delay", "100");
  }

  private Launcher withFault() {
    Launcher launcher = launcher();
    fault.settings().forEach((name, value) -> launcher.with(name, value.toString()));
    return launcher;
  }

  private String[] command() {
    List<String> words = new ArrayList<>(List.of("run", JOB, "--at", DAY));
    words.addAll(fault.options());
    return words.toArray(new String[0]);
  }

  private String key(String day) {
    return "rows_" + day + (fault.isJsonLines() ? ".jsonl" : ".csv");
  }

  private void checkEnd(Launcher.Ended ended) {
    String output = ended.output();
    assertThat(ended.exitCode()).as(output).isEqualTo(fault.exit());
    assertThat(output).doesNotContain("\tat ");
    assertThat(fault.says()).allSatisfy(words -> assertThat(output).contains(words));
  }

  /** What each of these days' objects should be. */
  private Map<String, BucketContents.Expected> expected(Fault.Bucket bucket, String day) {
    return switch (bucket) {
      case NOTHING -> Map.of();
      case WHOLE -> Map.of(key(day), this::whole);
      case SENT -> Map.of(key(day), this::sent);
      case OLD -> Map.of(key(day), () -> new ByteArrayInputStream(OLD.getBytes(UTF_8)));
    };
  }

  private InputStream whole() throws Exception {
    InputStream export = sandbox.open("exports/" + dataSet);
    return fault.isJsonLines() ? ExportAsJson.of(export) : export;
  }

  /** What is malformed at Domo is not mended, and not made worse. */
  private InputStream sent() throws Exception {
    Map<String, Object> wrong = fault.domo().get(0);
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

  /** All is well again; the program tells how the job stands, and runs it for the next day. */
  private Tally runNext() throws Exception {
    try (ProgramProcess program = ProgramProcess.start(launcher())) {
      checkHealth(program);
      Launcher.Ended next = launcher().run("run", JOB, "--at", NEXT_DAY);
      assertThat(next.exitCode()).as(next.output()).isZero();
      assertThat(program.health("/health").body()).contains("\"status\":\"UP\"");
      assertThat(program.health("/health").statusCode()).isEqualTo(200);
      assertThat(ledger()).isEqualTo(expectedLedger());
      assertThat(program.stop()).isEqualTo(STOPPED);
    }
    Map<String, BucketContents.Expected> expected = new HashMap<>();
    expected.putAll(expected(fault.isFinished() ? Fault.Bucket.WHOLE : fault.bucket(), DAY));
    expected.putAll(expected(Fault.Bucket.WHOLE, NEXT_DAY));
    return BucketContents.compare(sandbox, expected);
  }

  private void checkHealth(ProgramProcess program) throws Exception {
    HttpResponse<String> health = program.health("/health");
    if (fault.exit() == 0) {
      assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
    } else {
      assertThat(health.statusCode()).as(health.body()).isEqualTo(503);
      assertThat(health.body())
          .contains(
              fault.isFinished()
                  ? "is open: the job's next run finishes it first"
                  : "the last run failed, " + fault.outcome().toLowerCase(ROOT).replace('_', ' '));
    }
    // What hurts one job makes the program neither dead nor unready.
    assertThat(program.health("/health/live").statusCode()).isEqualTo(200);
    assertThat(program.health("/health/ready").statusCode()).isEqualTo(200);
  }

  private Map<String, String> expectedLedger() {
    boolean done = fault.exit() == 0 || fault.isFinished();
    return Map.of(
        DAY + "T00:00:00Z", done ? "DONE" : fault.outcome(), NEXT_DAY + "T00:00:00Z", "DONE");
  }

  /** The outcome of each slot. */
  private Map<String, String> ledger() throws Exception {
    Map<String, String> outcomes = new TreeMap<>();
    for (String line : launcher().run("history", JOB, "--json").output().lines().toList()) {
      JsonNode run = JSON.readTree(line);
      outcomes.put(run.path("slot").asText(), run.path("outcome").asText("open"));
    }
    return outcomes;
  }
}
