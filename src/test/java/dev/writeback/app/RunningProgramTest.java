package dev.writeback.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.writeback.sandbox.DomoFault;
import dev.writeback.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands beside the running program, whose ledger is a file that it alone has open. */
class RunningProgramTest {

  private static final String JOB = "orders-by-hand";

  @TempDir Path folder;
  private Sandbox sandbox;
  private CommandLineRun commands;
  private Main program;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    commands =
        new CommandLineRun(sandbox)
            .with(ManagementPort.PORT, "0")
            .with(LedgerDatabase.URL, "jdbc:h2:file:" + folder.resolve("ledger"));
    program = new Jobs().scheduled();
    program.start();
    // In this process the file would not be locked for a command that does its work itself.
    assertThat(RunningProgram.find()).isPresent();
  }

  @AfterEach
  void stop() {
    program.stop();
    commands.close();
    sandbox.close();
  }

  private static HttpResponse<String> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(RunningFile.read().orElseThrow().url() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String bearer() {
    return "Bearer " + RunningFile.read().orElseThrow().token();
  }

  @Test
  void runsAJob() {
    assertThat(commands.execute("run", JOB, "--at", "2026-03-29")).as(commands.err()).isZero();

    assertThat(commands.out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains(JOB + " started: run "))
        .anyMatch(line -> line.contains(JOB + " done: run ") && line.contains(", rows 12, "));
    assertThat(sandbox.s3().objects())
        .singleElement()
        .satisfies(
            object -> assertThat(object.key()).isEqualTo("sales/orders/orders_2026-03-28.csv"));
  }

  @Test
  void givesTheExitCodeAndTheLinesOfARunThatFails() {
    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404));

    assertThat(commands.execute("run", JOB)).isEqualTo(4);

    assertThat(commands.out()).contains(JOB + " failed: run ").contains(JOB + " gave up: run ");
  }

  @Test
  void saysWhatIsWrongWithACommand() {
    assertThat(commands.execute("run", "orders-by-hnad")).isEqualTo(2);
    assertThat(commands.err()).contains("did you mean '" + JOB + "'?");

    assertThat(commands.execute("run", JOB, "--since", "3")).isEqualTo(2);
    assertThat(commands.err()).startsWith("--since - job " + JOB + " has no onlyNewData");
  }

  @Test
  void tellsOfNoRunsByNoLine() {
    assertThat(commands.execute("history", "--json")).as(commands.err()).isZero();
    assertThat(commands.out()).isEmpty();
  }

  @Test
  void tellsWhatHasBeenWritten() {
    assertThat(commands.execute("history")).isZero();
    assertThat(commands.out()).isEqualToNormalizingNewlines("No runs.\n");

    commands.execute("run", JOB, "--at", "2026-03-29");

    commands.execute("history", JOB, "-n", "1");
    assertThat(commands.out().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith(JOB + "  2026-03-29");
    commands.execute("history", "--json");
    assertThat(commands.out()).startsWith("{\"run\":").contains("\"outcome\":\"done\"");
  }

  /** By the program, which has the ledger, and whose environment a run would have. */
  @Test
  void plansAndPreviews() throws IOException {
    PrintStream standardOutput = System.out;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();

    assertThat(commands.execute("plan", JOB, "--at", "2026-03-29")).as(commands.err()).isZero();
    assertThat(commands.out()).contains("s3://landing/sales/orders/orders_2026-03-28.csv");
    assertThat(commands.execute("plan", "--json")).isZero();
    assertThat(commands.out().lines()).hasSize(2);

    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      assertThat(commands.execute("preview", JOB, "-n", "1")).as(commands.err()).isZero();
    } finally {
      System.setOut(standardOutput);
    }
    assertThat(shown.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "order_id|order_date|customer name|amount|note|_BATCH_ID_|_BATCH_LAST_RUN_",
            "1|2026-01-02|Acme Corporation|19.99|plain|1|2026-01-03T06:00:00");

    sandbox.domo().inject(DomoFault.refuse(DomoFault.Endpoint.EXPORT, 404));
    assertThat(commands.execute("plan", JOB)).isEqualTo(4);
    assertThat(commands.execute("plan", "no-job")).isEqualTo(2);
    assertThat(commands.err()).contains("no job is called 'no-job'");
    assertThat(sandbox.s3().objects()).isEmpty();
    assertThat(RunningProgram.find()).isPresent();
  }

  @Test
  void whoeverFollowsARunHearsOfNoOther() throws Exception {
    sandbox.domo().inject(DomoFault.stall(DomoFault.Endpoint.EXPORT, 10));
    StringWriter first = new StringWriter();
    CommandLine line = Program.commandLine().setOut(new PrintWriter(first, true));
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(() -> line.execute("run", JOB, "--at", "2026-03-29"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              commands.execute("status", "--json");
              return commands.out().contains("\"state\":\"running\"");
            });

    assertThat(commands.execute("run", JOB, "--at", "2026-03-30")).isEqualTo(1);
    sandbox.domo().heal();

    assertThat(run.join()).as(first.toString()).isZero();
    assertThat(first.toString().lines())
        .hasSize(2)
        .anyMatch(told -> told.contains(JOB + " started: "))
        .anyMatch(told -> told.contains(JOB + " done: "));
    assertThat(commands.out().lines())
        .singleElement()
        .asString()
        .contains(JOB + " not run: ", "is under way since");
  }

  /** docs/operations.md says what each column is. */
  @Test
  void theColumnsOfStatusAreDocumented() throws Exception {
    commands.execute("status");
    List<String> columns = List.of(commands.out().lines().findFirst().orElseThrow().split(" +"));

    List<String> documented =
        Files.readAllLines(Path.of("docs/operations.md")).stream()
            .dropWhile(row -> !row.startsWith("| column |"))
            .skip(2)
            .takeWhile(row -> row.startsWith("|"))
            .flatMap(row -> Pattern.compile("`(\\w+)`").matcher(row.split("\\|")[1]).results())
            .map(name -> name.group(1))
            .toList();

    assertThat(documented).isEqualTo(columns);
  }

  @Test
  void tellsHowEachJobStands() throws IOException {
    commands.execute("run", JOB, "--at", "2026-03-29");

    assertThat(commands.execute("status", "--json")).as(commands.err()).isZero();

    JsonNode[] jobs = commands.out().lines().map(RunningProgramTest::json).toArray(JsonNode[]::new);
    assertThat(jobs).hasSize(2);
    assertThat(jobs[0].get("job").asText()).isEqualTo("airports-nightly");
    assertThat(jobs[0].get("state").asText()).isEqualTo("waiting");
    assertThat(jobs[0].get("next").asText()).contains("T06:00:00-0");
    assertThat(jobs[1].get("state").asText()).isEqualTo("by hand");
    assertThat(jobs[1].get("outcome").asText()).isEqualTo("done");
    assertThat(jobs[1].has("lastSuccess")).isTrue();
    assertThat(jobs[1].has("next")).isFalse();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void asksForTheToken() throws Exception {
    for (String path :
        new String[] {"/jobs", "/history?most=1", "/plan", "/preview", "/runs/1?from=0"}) {
      assertThat(ask("GET", path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(ask("POST", "/runs?job=" + JOB).statusCode()).isEqualTo(401);
    assertThat(ask("POST", "/runs?job=" + JOB, "Authorization", "Bearer ").statusCode())
        .isEqualTo(401);

    HttpResponse<String> admitted = ask("GET", "/jobs", "Authorization", bearer());

    assertThat(admitted.statusCode()).isEqualTo(200);
    assertThat(admitted.headers().map().keySet()).doesNotContain("authorization", "Authorization");
    assertThat(sandbox.s3().objects()).isEmpty();
  }

  /** Even one that has learned the token. */
  @Test
  void refusesAWebPage() throws Exception {
    HttpResponse<String> page =
        ask(
            "POST",
            "/runs?job=" + JOB,
            "Authorization",
            bearer(),
            "Origin",
            "http://attacker.example");

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.headers().firstValue("access-control-allow-origin")).isEmpty();
  }

  /**
   * As a page does whose own name has become 127.0.0.1; health and metrics are no page's either.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs",
        "/health",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/proof",
        "/none"
      })
  void refusesWhoAsksForAnotherHost(String path) throws Exception {
    URI url = URI.create(RunningFile.read().orElseThrow().url());

    assertThat(statusLine(url, path, "127.0.0.1:" + url.getPort())).doesNotContain(" 403 ");
    assertThat(statusLine(url, path, "localhost:" + url.getPort())).doesNotContain(" 403 ");
    for (String host :
        new String[] {
          "attacker.example:" + url.getPort(), "127.0.0.1:1", "127.0.0.1.attacker.example", ""
        }) {
      assertThat(statusLine(url, path, host)).as(host).contains(" 403 ");
    }
    assertThat(ask("GET", path, "Origin", "http://attacker.example").statusCode()).isEqualTo(403);
    assertThat(ask("GET", path, "Origin", "null").statusCode()).isEqualTo(403);
  }

  private static String statusLine(URI url, String path, String host) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, host, bearer())
                  .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @Test
  void onlyTheOwnerReadsTheToken() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(RunningFile.PATH)))
        .isEqualTo("rw-------");

    program.stop();

    assertThat(RunningFile.PATH).doesNotExist();
  }

  /** As after an upgrade that has left the folder's own file. */
  @Test
  void aProgramWhoseFileDoesNotKnowTheCommandIsSaid() throws Exception {
    program.stop();
    HttpServer older = proving(path -> path.equals("/jobs") ? 200 : 404);
    try {
      assertThat(commands.execute("plan", JOB)).isEqualTo(2);
      assertThat(commands.err()).startsWith("routes/management.camel.yaml - ");
    } finally {
      Files.delete(RunningFile.PATH);
      older.stop(0);
    }
  }

  /** It had been taken for none, and got a second one beside it. */
  @Test
  void aProgramThatFailsToAnswerIsOne() throws Exception {
    program.stop();
    HttpServer failing = proving(path -> 500);
    try {
      assertThat(commands.execute("run", JOB)).isEqualTo(1);
      assertThat(commands.err())
          .startsWith("The running program failed to answer at ")
          .contains("/runs (500) - look into its log");
      assertThat(sandbox.s3().objects()).isEmpty();
    } finally {
      Files.delete(RunningFile.PATH);
      failing.stop(0);
    }
  }

  @Test
  void aProgramThatStopsIsSaidToWhoeverAsks() throws Exception {
    program.stop();
    HttpServer stopping = proving(path -> 503);
    try {
      assertThat(commands.execute("status")).isEqualTo(1);
      assertThat(commands.err()).startsWith("The running program stops; ");
    } finally {
      Files.delete(RunningFile.PATH);
      stopping.stop(0);
    }
  }

  /** A program that proves to be this folder's, and answers all else with a status alone. */
  private static HttpServer proving(ToIntFunction<String> status) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    RunningFile file = new RunningFile(url, "a token");
    server.createContext(
        "/",
        question -> {
          question.sendResponseHeaders(status.applyAsInt(question.getRequestURI().getPath()), -1);
          question.close();
        });
    server.createContext(
        RunningProof.PATH,
        question -> {
          String asked = question.getRequestURI().getQuery().replaceFirst(".*=", "");
          byte[] answer = RunningProof.answer(file, asked).getBytes(StandardCharsets.UTF_8);
          question.sendResponseHeaders(200, answer.length);
          question.getResponseBody().write(answer);
          question.close();
        });
    server.start();
    RunningFile.write(file.url(), file.token());
    return server;
  }

  /** As another user's program, which answers whatever it is asked. */
  @Test
  void whoeverHasThePortOfAProgramThatWasKilledLearnsNoToken() throws Exception {
    program.stop();
    List<String> heard = new CopyOnWriteArrayList<>();
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    other.createContext(
        "/",
        question -> {
          heard.add(question.getRequestURI() + " " + question.getRequestHeaders().entrySet());
          byte[] answer = "forged".getBytes(StandardCharsets.UTF_8);
          question.sendResponseHeaders(200, answer.length);
          question.getResponseBody().write(answer);
          question.close();
        });
    other.start();
    RunningFile.write("http://127.0.0.1:" + other.getAddress().getPort(), "the-token-of-the-dead");
    try {
      assertThat(commands.execute("status")).isEqualTo(2);
      assertThat(commands.out() + commands.err()).doesNotContain("forged");
      assertThat(commands.execute("run", JOB)).as(commands.err()).isZero();
      assertThat(sandbox.s3().objects()).hasSize(1);
      assertThat(heard)
          .isNotEmpty()
          .noneMatch(question -> question.contains("the-token-of-the-dead"));
    } finally {
      Files.delete(RunningFile.PATH);
      other.stop(0);
    }
  }

  @Test
  void aProofIsOfOneQuestionAndOneAddress() throws Exception {
    RunningFile file = RunningFile.read().orElseThrow();
    String question = RunningProof.question();

    String answer = ask("GET", "/proof?question=" + question).body();

    assertThat(RunningProof.isAnswer(file, question, answer)).isTrue();
    assertThat(RunningProof.isAnswer(file, RunningProof.question(), answer)).isFalse();
    assertThat(
            RunningProof.isAnswer(
                new RunningFile("http://127.0.0.1:1", file.token()), question, answer))
        .isFalse();
    assertThat(ask("GET", "/proof?question=short").statusCode()).isEqualTo(400);
  }

  @Test
  void saysOfARunThatNobodyKnows() throws Exception {
    HttpResponse<String> answer = ask("GET", "/runs/unknown", "Authorization", bearer());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo(
            "run - the program does not know it, or no longer - 'unknown' - history shows all runs");
  }

  @Test
  void anArgumentThatIsWrongIsSaid() throws Exception {
    HttpResponse<String> answer = ask("GET", "/history?most=many", "Authorization", bearer());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("'many'").doesNotContain("Exception", "java.");
  }

  @Test
  void historyIsBounded() throws Exception {
    HttpResponse<String> answer = ask("GET", "/history?most=1001", "Authorization", bearer());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("-n - no number of runs - '1001' - from 1 to 1000");
    assertThat(ask("GET", "/history", "Authorization", bearer()).statusCode()).isEqualTo(200);
    assertThat(commands.execute("history", "-n", "1001")).isEqualTo(2);
    assertThat(commands.err()).startsWith("-n - no number of runs - '1001' - from 1 to 1000");
  }

  @Test
  void aProgramThatWasKilledIsNotAsked() throws Exception {
    program.stop();
    RunningFile.write("http://127.0.0.1:1", "left by a program that was killed");
    try {
      assertThat(commands.execute("history")).as(commands.err()).isZero();
    } finally {
      Files.delete(RunningFile.PATH);
    }
  }
}
