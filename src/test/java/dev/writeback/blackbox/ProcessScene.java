package dev.writeback.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * A job of the built program, all that it depends on in processes of their own, and what may be
 * done to each of them.
 */
final class ProcessScene implements AutoCloseable {

  static final String JOB = "rows";
  static final String DAY = "2026-03-29";
  static final String NEXT_DAY = "2026-03-30";
  static final String LAST_DAY = "2026-03-31";

  /** A little more than two parts, which make an upload of some 20 MB. */
  static final String DATA_SET = "00000000-0000-4000-8000-000000180000";

  /** The first part of the object, and some of the second. */
  private static final int HELD_AT = 15_000_000;

  private static final int BYTES_PER_SECOND = 2_000_000;

  private static final Duration LONG = Duration.ofMinutes(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SandboxProcess sandbox;
  private final Path directory;
  private final UnaryOperator<WorkFolder> job;
  private final WorkFolder folder;
  private final List<Process> processes = new CopyOnWriteArrayList<>();
  private PostgresServer database;
  private SmallDisk disk;

  /** With a job that is run by hand, for a day. */
  ProcessScene(SandboxProcess sandbox, Path directory) throws Exception {
    this(
        sandbox,
        directory,
        folder ->
            folder.job(JOB, Map.of("inputDataset", DATA_SET, "fileName", JOB + "_<current_date>")));
  }

  /**
   * @param job writes the job's file
   */
  ProcessScene(SandboxProcess sandbox, Path directory, UnaryOperator<WorkFolder> job)
      throws Exception {
    this.sandbox = sandbox;
    this.directory = directory;
    this.job = job;
    this.folder = folder("first");
    sandbox.heal();
    sandbox.empty();
  }

  /** Another folder with the same job, as on another machine. */
  WorkFolder folder(String name) throws IOException {
    return job.apply(WorkFolder.empty(Files.createDirectory(directory.resolve(name))));
  }

  WorkFolder folder() {
    return folder;
  }

  SandboxProcess sandbox() {
    return sandbox;
  }

  /** The ledger is in a PostgreSQL from now on. */
  PostgresServer database() throws IOException {
    if (database == null) {
      database = PostgresServer.start(directory.resolve("postgres"));
    }
    return database;
  }

  /** The ledger is on a small disk from now on. */
  SmallDisk disk() throws Exception {
    if (disk == null) {
      disk = SmallDisk.at(directory.resolve("disk"));
    }
    return disk;
  }

  Launcher launcher() {
    return launcher(folder);
  }

  Launcher launcher(WorkFolder any) {
    Launcher launcher =
        sandbox
            .launcher(any)
            .with("ledger.url", "jdbc:h2:file:" + (disk == null ? "./ledger" : disk.ledger()))
            .with("writeback.retries", "0")
            .with("writeback.retry-delay", "100")
            // Domo is held for as long as this machine takes.
            .with("camel.component.http.responseTimeout", "600000")
            .with("camel.main.shutdownTimeout", "1")
            .onStart(this::watch);
    return database == null ? launcher : database.ledgerOf(launcher);
  }

  /** From now on Domo holds its exports in the middle, until {@link #heal}. */
  void hold() throws Exception {
    sandbox.tell("faults", Map.of("kind", "STALL", "endpoint", "EXPORT", "amount", HELD_AT));
  }

  /** From now on Domo sends so slowly that an upload takes some time, until {@link #heal}. */
  void slow() throws Exception {
    sandbox.tell(
        "faults", Map.of("kind", "THROTTLE", "endpoint", "EXPORT", "amount", BYTES_PER_SECOND));
  }

  void heal() throws Exception {
    sandbox.heal();
  }

  /** A process that is not to outlive the scene. */
  Process watch(Process process) {
    processes.add(process);
    return process;
  }

  /** Begins the run of a day, and comes back when its upload is held in the middle. */
  Process startUpload(Launcher launcher, String day) throws Exception {
    hold();
    Process process = launcher.start("run", JOB, "--at", day);
    awaitUpload(process);
    return process;
  }

  /** Comes back when a part of an upload has been sent, or the process is no more. */
  void awaitUpload(Process process) {
    Awaitility.await()
        .atMost(LONG)
        .until(() -> !process.isAlive() || openUploads().stream().anyMatch(partsSent()::contains));
  }

  /** The uploads of which S3 has a part. */
  private Set<String> partsSent() throws Exception {
    Set<String> uploads = new HashSet<>();
    for (JsonNode request : sandbox.ask("s3/requests")) {
      if (request.get("operation").asText().equals("UPLOAD_PART")) {
        uploads.add(request.get("uploadId").asText());
      }
    }
    return uploads;
  }

  static void signal(Process process, String name) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " " + process.pid());
    }
  }

  /** Waits for the end; one that hangs has failed. */
  static Launcher.Ended ended(Process process) throws Exception {
    return ProgramEnd.await(process, LONG);
  }

  static String key(String day) {
    return JOB + "_" + day + ".csv";
  }

  List<String> keys() throws Exception {
    List<String> keys = new ArrayList<>();
    sandbox.ask("objects").forEach(object -> keys.add(object.get("key").asText()));
    return keys;
  }

  List<String> openUploads() throws Exception {
    List<String> uploads = new ArrayList<>();
    sandbox.ask("s3/uploads").forEach(upload -> uploads.add(upload.asText()));
    return uploads;
  }

  /** Compares what is there with the whole export of a DataSet for each key, and nothing else. */
  Tally compare(String dataSet, Collection<String> keys) throws Exception {
    Map<String, BucketContents.Expected> expected = new HashMap<>();
    keys.forEach(key -> expected.put(key, () -> sandbox.open("exports/" + dataSet)));
    return BucketContents.compare(sandbox, expected);
  }

  /**
   * What the ledger says of each day: an outcome, with "(open)" where the run is to be finished.
   */
  Map<String, String> ledger(CommandPort commands) throws Exception {
    Map<String, String> outcomes = new TreeMap<>();
    for (JsonNode run : runs(commands.history(JOB))) {
      String state = run.path("outcome").asText("") + (run.has("ended") ? "" : " (open)");
      outcomes.put(run.path("slot").asText().substring(0, DAY.length()), state.strip());
    }
    return outcomes;
  }

  List<JsonNode> history() throws Exception {
    return runs(launcher().run("history", JOB, "-n", "1000", "--json").output());
  }

  private static List<JsonNode> runs(String history) throws IOException {
    List<JsonNode> runs = new ArrayList<>();
    for (String line : history.lines().toList()) {
      runs.add(JSON.readTree(line));
    }
    return runs;
  }

  /** What the programs that run do at the moment. */
  String threads() throws Exception {
    StringBuilder threads = new StringBuilder();
    for (Process process : processes) {
      if (process.isAlive()) {
        threads.append(process.info().commandLine().orElse("")).append('\n');
        threads.append(ProgramEnd.threads(process)).append('\n');
      }
    }
    return threads.toString();
  }

  /** What is mended by whoever looks after the machine. */
  void restore() throws Exception {
    heal();
    if (database != null) {
      database.startAgain();
    }
    if (disk != null) {
      disk.free();
    }
  }

  @Override
  public void close() throws IOException {
    processes.forEach(Process::destroyForcibly);
    if (database != null) {
      database.close();
    }
    if (disk != null) {
      disk.close();
    }
  }
}
