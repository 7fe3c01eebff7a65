package dev.writeback.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The built program on its schedules, as a process of its own, and what it tells of its health. */
final class ProgramProcess implements AutoCloseable {

  private static final String TOLD_AT = "health and metrics are told at ";
  private static final int LONGEST_MINUTES = 2;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> lines;
  private final Process process;
  private final URI management;

  private ProgramProcess(Process process, List<String> lines, URI management) {
    this.process = process;
    this.lines = lines;
    this.management = management;
  }

  /** Comes back when the program answers on its management port. */
  static ProgramProcess start(Launcher launcher) throws IOException {
    Process process = launcher.start();
    BufferedReader output = process.inputReader();
    String line = Launcher.awaitLine(output, TOLD_AT);
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread reader = new Thread(() -> read(output, lines), "program's log");
    reader.setDaemon(true);
    reader.start();
    return new ProgramProcess(
        process, lines, URI.create(line.substring(line.indexOf(TOLD_AT) + TOLD_AT.length())));
  }

  /**
   * @param path {@code /health}, {@code /health/live} or {@code /health/ready}
   */
  HttpResponse<String> health(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(management.resolve(path)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static void read(BufferedReader output, List<String> lines) {
    try {
      output.lines().forEach(lines::add);
    } catch (UncheckedIOException ended) {
      return;
    }
  }

  Process process() {
    return process;
  }

  /** What it has logged since then. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** What {@code /health} says is wrong with a job; empty where it is well. */
  String problem(String job) throws IOException, InterruptedException {
    for (JsonNode check : new ObjectMapper().readTree(health("/health").body()).get("checks")) {
      if (check.get("name").asText().equals("job:" + job)) {
        return check.get("status").asText().equals("UP") ? "" : check.get("message").asText();
      }
    }
    throw new AssertionError("no check of the job " + job);
  }

  /** Stops it as an operator does, by SIGTERM; gives its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      close();
      throw new AssertionError("The program does not stop");
    }
    return process.exitValue();
  }

  /** Ends it, if it has not ended. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
