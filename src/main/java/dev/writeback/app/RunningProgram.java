package dev.writeback.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import dev.writeback.run.RunRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The program that runs in this folder, as its commands speak to it. */
final class RunningProgram {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** Camel's answer of a route that is being stopped. */
  private static final int STOPPING = 503;

  /** Camel's answer where there is nothing to tell. */
  private static final int NO_CONTENT = 204;

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PROOF = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** Domo's queries of all jobs, one after the other. */
  private static final Duration REHEARSAL = Duration.ofMinutes(10);

  private static final int PAUSE_MILLIS = 250;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(CONNECT)
          .build();
  private final RunningFile file;

  private RunningProgram(RunningFile file) {
    this.file = file;
  }

  /** Empty where none runs here, or it has no port: then a command does its work itself. */
  static Optional<RunningProgram> find() {
    return RunningFile.read().map(RunningProgram::new).filter(RunningProgram::answers);
  }

  /** Whoever cannot prove that he has written the file is not told what stands in it. */
  private boolean answers() {
    try {
      requireProof();
      return true;
    } catch (HttpConnectTimeoutException nobodyThere) {
      return false;
    } catch (HttpTimeoutException e) {
      // One that is only slow is not to get a second one beside it.
      throw new RunException(
          Outcome.UNEXPECTED,
          false,
          "The running program does not answer in time at "
              + file.url()
              + " - try again, or look into its log; where none runs any more, another program has its"
              + " port: remove "
              + RunningFile.PATH,
          e);
    } catch (IOException | IllegalArgumentException nobodyThere) {
      return false;
    }
  }

  /** How each job stands, in words. */
  String jobs(boolean json) {
    return ask("GET", "/jobs", Map.of("json", json));
  }

  /**
   * The latest runs, in words.
   *
   * @param job null for all jobs
   * @param terminal its width, where one is written to
   */
  String history(String job, int most, boolean json, OptionalInt terminal) {
    Map<String, Object> arguments = new TreeMap<>(Map.of("most", most, "json", json));
    put(arguments, "job", job);
    terminal.ifPresent(width -> put(arguments, "width", width));
    return ask("GET", "/history", arguments);
  }

  /**
   * What runs would do.
   *
   * @param job null for all jobs
   * @param slot as in {@link RunRequest#SLOT}, or null for now
   */
  CommandAnswer plan(String job, Object slot, Long since, boolean json) {
    Map<String, Object> arguments = new TreeMap<>(Map.of("json", json));
    put(arguments, "job", job);
    put(arguments, "at", slot);
    put(arguments, "since", since);
    return read(ask("GET", "/plan", arguments, REHEARSAL), CommandAnswer.class);
  }

  /** The first rows of a job's object. */
  CommandAnswer preview(String job, long rows) {
    return read(
        ask("GET", "/preview", Map.of("job", job, "rows", rows), REHEARSAL), CommandAnswer.class);
  }

  /**
   * Has the program run a job, and tells what its log says of it.
   *
   * @param slot as in {@link RunRequest#SLOT}, or null for now
   * @return the exit code
   */
  int run(String job, Object slot, Long since, boolean byHand, PrintWriter out) {
    Map<String, Object> arguments = new TreeMap<>(Map.of("job", job, "byHand", byHand));
    put(arguments, "at", slot);
    put(arguments, "since", since);
    String id = ask("POST", "/runs", arguments);
    AtomicReference<String> progress = new AtomicReference<>();
    ProgressLine line =
        ProgressLine.of(() -> Optional.ofNullable(progress.get()).stream().toList());
    try {
      return follow(id, progress, line, out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Outcome.UNEXPECTED, false, "interrupted; the run goes on");
    } finally {
      line.close();
    }
  }

  private int follow(
      String id, AtomicReference<String> progress, ProgressLine line, PrintWriter out)
      throws InterruptedException {
    int known = 0;
    while (true) {
      RunNews news = read(ask("GET", "/runs/" + id, Map.of("from", known)), RunNews.class);
      if (!news.lines().isEmpty()) {
        line.clear();
      }
      news.lines().forEach(out::println);
      out.flush();
      known += news.lines().size();
      if (news.error() != null) {
        throw failure(news.exitCode(), news.error());
      }
      if (news.exitCode() != null) {
        return news.exitCode();
      }
      progress.set(news.progress());
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RunException failure(int exitCode, String message) {
    Outcome outcome =
        Arrays.stream(Outcome.values())
            .filter(each -> each.exitCode() == exitCode)
            .findFirst()
            .orElse(Outcome.UNEXPECTED);
    return new RunException(outcome, false, message);
  }

  private static void put(Map<String, Object> arguments, String name, Object value) {
    if (value != null) {
      arguments.put(name, value);
    }
  }

  private String ask(String method, String path, Map<String, Object> arguments) {
    return ask(method, path, arguments, ANSWER);
  }

  private String ask(String method, String path, Map<String, Object> arguments, Duration limit) {
    HttpResponse<String> answer;
    try {
      answer = send(method, path, arguments, limit);
    } catch (IOException e) {
      throw new RunException(
          Outcome.UNEXPECTED,
          false,
          "The running program no longer answers at "
              + file.url()
              + "; what it has done stands in history",
          e);
    }
    if (answer.statusCode() == OK || answer.statusCode() == NO_CONTENT) {
      return answer.body();
    }
    if (answer.statusCode() == NOT_FOUND
        && answer.headers().firstValue(ManagementDoor.EXIT_CODE).isEmpty()) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "routes/management.camel.yaml - the running program does not answer this command - '"
              + path
              + "' - that file as this version has it, and a restart");
    }
    int exitCode =
        (int)
            answer
                .headers()
                .firstValueAsLong(ManagementDoor.EXIT_CODE)
                .orElse(Outcome.UNEXPECTED.exitCode());
    if (answer.statusCode() == STOPPING) {
      throw failure(
          exitCode,
          "The running program stops; what became of its runs stands in its log, and in history");
    }
    throw failure(
        exitCode,
        answer.body().isBlank()
            ? "The running program failed to answer at "
                + file.url()
                + path
                + " ("
                + answer.statusCode()
                + ") - look into its log"
            : answer.body());
  }

  private HttpResponse<String> send(
      String method, String path, Map<String, Object> arguments, Duration limit)
      throws IOException {
    requireProof();
    return send(
        request(path, arguments, limit)
            .method(method, BodyPublishers.noBody())
            .header("Authorization", "Bearer " + file.token())
            .build());
  }

  /** Before each question: the program may have been killed since the last one. */
  private void requireProof() throws IOException {
    String question = RunningProof.question();
    HttpResponse<String> answer =
        send(request(RunningProof.PATH, Map.of(RunningProof.QUESTION, question), PROOF).build());
    if (answer.statusCode() != OK || !RunningProof.isAnswer(file, question, answer.body())) {
      throw new IOException("another program answers at " + file.url());
    }
  }

  private HttpRequest.Builder request(String path, Map<String, Object> arguments, Duration limit) {
    String query =
        arguments.entrySet().stream()
            .map(argument -> argument.getKey() + "=" + encoded(argument.getValue()))
            .collect(Collectors.joining("&", "?", ""));
    return HttpRequest.newBuilder(URI.create(file.url() + path + query)).timeout(limit);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Outcome.UNEXPECTED, false, "interrupted");
    }
  }

  private static String encoded(Object value) {
    return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }
}
