package dev.writeback.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One fault, once: a job meets it, everything is looked at, all is well again, and the job runs
 * once more.
 */
final class FaultRun {

  private static final String JOB = "rows";
  private static final String DAY = "2026-03-29";
  private static final String NEXT_DAY = "2026-03-30";
  private static final String OLD = "somebody else's\n";
  private static final int ON_A_PAGE = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fault fault;
  private final SandboxProcess sandbox;
  private final WorkFolder folder;
  private final String dataSet;

  FaultRun(Fault fault, SandboxProcess sandbox, Path directory) throws Exception {
    this.fault = fault;
    this.sandbox = sandbox;
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
    Launcher.Ended ended = withFault().run(command(DAY));
    checkEnd(ended);
    sandbox.heal();
    checkNextRun();
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

  private String[] command(String day) {
    List<String> words = new ArrayList<>(List.of("run", JOB, "--at", day));
    words.addAll(fault.options());
    return words.toArray(new String[0]);
  }

  private static String key(String day) {
    return "rows_" + day + ".csv";
  }

  private void checkEnd(Launcher.Ended ended) throws Exception {
    String output = ended.output();
    assertThat(ended.exitCode()).as(output).isEqualTo(fault.exit());
    assertThat(output).doesNotContain("\tat ");
    assertThat(fault.says()).allSatisfy(words -> assertThat(output).contains(words));
    switch (fault.bucket()) {
      case NOTHING -> assertThat(keys()).as(output).isEmpty();
      case WHOLE -> {
        assertThat(keys()).as(output).hasSize(1);
        assertWhole(List.of(DAY));
      }
      case SENT -> {
        assertThat(keys()).as(output).hasSize(1);
        assertSent();
      }
      case OLD -> {
        assertThat(keys()).as(output).hasSize(1);
        assertOld();
      }
    }
    assertThat(sandbox.ask("s3/uploads")).as(output).hasSize(fault.openUploads());
  }

  private void checkNextRun() throws Exception {
    Launcher.Ended next = launcher().run("run", JOB, "--at", NEXT_DAY);
    assertThat(next.exitCode()).as(next.output()).isZero();
    boolean done = fault.exit() == 0 || fault.isFinished();
    boolean whole = fault.bucket() == Fault.Bucket.WHOLE || fault.isFinished();
    boolean there = whole || fault.bucket() != Fault.Bucket.NOTHING;
    if (fault.bucket() == Fault.Bucket.OLD) {
      assertOld();
    }
    assertWhole(whole ? List.of(DAY, NEXT_DAY) : List.of(NEXT_DAY));
    assertThat(keys()).as(next.output()).hasSize(there ? 2 : 1);
    assertThat(sandbox.ask("s3/uploads")).as(next.output()).isEmpty();
    assertThat(ledger())
        .isEqualTo(
            Map.of(
                DAY + "T00:00:00Z",
                done ? "DONE" : fault.outcome(),
                NEXT_DAY + "T00:00:00Z",
                "DONE"));
  }

  private List<String> keys() throws Exception {
    List<String> keys = new ArrayList<>();
    sandbox.ask("objects").forEach(object -> keys.add(object.get("key").asText()));
    return keys;
  }

  /** What is malformed at Domo is not mended, and not made worse. */
  private void assertSent() throws Exception {
    JsonNode exports = sandbox.ask("exports");
    CRC32C landed = new CRC32C();
    landed.update(sandbox.open("objects/" + key(DAY)).readAllBytes());
    assertThat(landed.getValue())
        .isEqualTo(exports.get(exports.size() - 1).get("checksum").asLong());
  }

  private void assertOld() throws Exception {
    assertThat(Launcher.read(sandbox.open("objects/" + key(DAY)))).isEqualTo(OLD);
  }

  private void assertWhole(List<String> days) throws Exception {
    for (String day : days) {
      try (InputStream object = sandbox.open("objects/" + key(day));
          InputStream export = sandbox.open("exports/" + dataSet)) {
        assertSame(object, export, key(day));
      }
    }
  }

  private static void assertSame(InputStream actual, InputStream expected, String key)
      throws IOException {
    int block = 1 << 16;
    byte[] should;
    do {
      should = expected.readNBytes(block);
      assertThat(actual.readNBytes(block)).as(key).isEqualTo(should);
    } while (should.length == block);
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
