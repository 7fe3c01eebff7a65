package dev.writeback.blackbox;

import dev.writeback.app.SandboxSettings;
import dev.writeback.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts the built program as an operator does: by its launcher, as a process of its own. */
final class Launcher {

  static final Path PROGRAM = WorkFolder.PROJECT.resolve("target/dist/bin/domo-s3-writeback");

  private static final Duration LONGEST = Duration.ofMinutes(8);

  private final Path folder;
  private final List<String> javaOptions = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private Consumer<Process> started = process -> {};

  Launcher(WorkFolder folder) {
    this.folder = folder.path();
    // Whatever else runs on this machine.
    with("management.port", "0");
  }

  /** Speaks to this sandbox; failed runs are not repeated unless a test says so. */
  static Launcher at(Sandbox sandbox, WorkFolder folder) {
    return new Launcher(folder)
        .with(SandboxSettings.of(sandbox))
        .with(SandboxSettings.callerKeys())
        .with("writeback.retries", "0")
        .with("writeback.retry-delay", "100");
  }

  Launcher with(Map<String, String> settings) {
    settings.forEach(this::with);
    return this;
  }

  /** A setting that counts more than {@code application.properties}; a later one counts more. */
  Launcher with(String name, String value) {
    return java("-D" + name + "=" + value);
  }

  Launcher environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Launcher java(String option) {
    javaOptions.add(option);
    return this;
  }

  /** Somebody is told of each process that is started. */
  Launcher onStart(Consumer<Process> told) {
    started = told;
    return this;
  }

  /** All that this launcher gives to Java beside what every start has. */
  List<String> javaOptions() {
    return List.copyOf(javaOptions);
  }

  /** What a process has printed, and how it ended. */
  record Ended(int exitCode, String output) {}

  /** Runs to the end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return ProgramEnd.await(start(arguments), LONGEST);
  }

  /** Starts, and leaves it running; standard error goes where standard output goes. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("WRITEBACK_JAVA_OPTIONS", String.join(" ", javaOptions));
    Process process = builder.start();
    started.accept(process);
    return process;
  }

  static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The first line of a running process that contains this. */
  static String awaitLine(BufferedReader output, String part) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains(part)) {
        return line;
      }
      before.append(line).append('\n');
    }
    throw new AssertionError("Never said '" + part + "' but:\n" + before);
  }

  /** That the program has been built; a test of it means nothing otherwise. */
  static void assertBuilt() {
    if (!Files.isExecutable(PROGRAM)) {
      throw new AssertionError(PROGRAM + " is not there: build it first, mvn package");
    }
  }
}
