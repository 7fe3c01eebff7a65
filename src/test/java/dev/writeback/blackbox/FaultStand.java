package dev.writeback.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Where faults are tried, one at a time: a sandbox whose S3Proxy is a process of its own, and the
 * program on its schedules, in another process, that has the job of each fault.
 */
final class FaultStand implements AutoCloseable {

  private static final int ON_A_PAGE = 50;

  private final Deque<Runnable> ends = new ArrayDeque<>();
  private final Map<Fault, String> listed = new HashMap<>();
  private final Path directory;
  private final String ledger;
  private final SandboxProcess sandbox;
  private final ProgramProcess program;
  private final CommandPort commands;

  private FaultStand(List<Fault> faults, Path directory, String ledger) throws Exception {
    this.directory = directory;
    this.ledger = ledger;
    S3ProxyProcess s3Proxy = S3ProxyProcess.start(directory);
    ends.push(s3Proxy::close);
    WorkFolder folder = WorkFolder.empty(Files.createDirectory(directory.resolve("program")));
    sandbox = SandboxProcess.start(folder, "--s3proxy", s3Proxy.url().toString());
    ends.push(sandbox::close);
    for (Fault fault : faults) {
      folder.job(fault.job(), fault.parameters(inputDataset(fault)));
    }
    program = ProgramProcess.start(launcher(folder));
    ends.push(program::close);
    commands = new CommandPort(folder);
  }

  /**
   * @param ledger the URL of a database that this program shares with the runs
   */
  static FaultStand start(List<Fault> faults, Path directory, String ledger) throws Exception {
    return new FaultStand(faults, directory, ledger);
  }

  /** By its id, or by its name alone: then Domo lists it with so many others on two pages. */
  private String inputDataset(Fault fault) throws Exception {
    if (!fault.isListed()) {
      return fault.dataSet();
    }
    String name = "Rows of " + fault.job();
    for (int i = 0; i < ON_A_PAGE; i++) {
      sandbox.tell("batches", Map.of("name", name + " " + i, "rows", List.of(1)));
    }
    Map<String, Object> wanted = Map.of("name", name, "rows", List.of(300));
    listed.put(fault, sandbox.tell("batches", wanted).get("dataSet").asText());
    return name;
  }

  /** The id of the DataSet that a fault's job reads. */
  String dataSet(Fault fault) {
    return listed.getOrDefault(fault, fault.dataSet());
  }

  SandboxProcess sandbox() {
    return sandbox;
  }

  ProgramProcess program() {
    return program;
  }

  /** Of the program on its schedules. */
  CommandPort commands() {
    return commands;
  }

  /** Runs a fault's job as a process of its own, in a folder that has no other job. */
  Launcher.Ended run(Fault fault, String slot) throws IOException, InterruptedException {
    Path path = Files.createDirectory(directory.resolve(UUID.randomUUID().toString()));
    String input = fault.isListed() ? "Rows of " + fault.job() : fault.dataSet();
    WorkFolder folder = WorkFolder.empty(path).job(fault.job(), fault.parameters(input));
    Launcher launcher = launcher(folder);
    fault.settings().forEach((name, value) -> launcher.with(name, value.toString()));
    return launcher.run(fault.command(slot));
  }

  private Launcher launcher(WorkFolder folder) {
    return sandbox.launcher(folder).with("ledger.url", ledger).with("writeback.retry-delay", "100");
  }

  @Override
  public void close() {
    while (!ends.isEmpty()) {
      ends.pop().run();
    }
  }
}
