package dev.writeback.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code sandbox} as a process of its own. */
final class SandboxProcess implements AutoCloseable {

  private static final Pattern SETTINGS =
      Pattern.compile("export WRITEBACK_JAVA_OPTIONS='([^']*)'");
  private static final Pattern DOMO = Pattern.compile("-Dacme\\.api-host=(\\S+)");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BiFunction<HttpRequest.Builder, BodyPublisher, HttpRequest.Builder> DELETE =
      (request, none) -> request.DELETE();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final String javaOptions;
  private final URI domo;

  private SandboxProcess(Process process, String javaOptions) {
    this.process = process;
    this.javaOptions = javaOptions;
    Matcher url = DOMO.matcher(javaOptions);
    if (!url.find()) {
      throw new AssertionError(javaOptions);
    }
    this.domo = URI.create(url.group(1));
  }

  static SandboxProcess start(WorkFolder folder, String... options) throws IOException {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "sandbox";
    System.arraycopy(options, 0, arguments, 1, options.length);
    Process process = new Launcher(folder).start(arguments);
    BufferedReader output = process.inputReader();
    Matcher settings = SETTINGS.matcher(Launcher.awaitLine(output, "WRITEBACK_JAVA_OPTIONS"));
    if (!settings.find()) {
      throw new AssertionError("The sandbox does not say how to reach it");
    }
    return new SandboxProcess(process, settings.group(1));
  }

  /** A launcher of the program that does what the sandbox says an operator should do. */
  Launcher launcher(WorkFolder folder) {
    Launcher launcher = new Launcher(folder);
    for (String option : javaOptions.split(" ")) {
      launcher.java(option);
    }
    return launcher;
  }

  /** What one of the sandbox's questions is answered with, such as {@code objects}. */
  JsonNode ask(String question) throws IOException, InterruptedException {
    return JSON.readTree(open(question));
  }

  /** Turns one of the sandbox's switches, such as {@code faults}. */
  JsonNode tell(String what, Object value) throws IOException, InterruptedException {
    return JSON.readTree(
        send(
            what,
            HttpRequest.Builder::POST,
            BodyPublishers.ofString(JSON.writeValueAsString(value))));
  }

  /** Puts an object into the bucket, as if somebody else had. */
  void put(String key, String content) throws IOException, InterruptedException {
    send("objects/" + key, HttpRequest.Builder::PUT, BodyPublishers.ofString(content)).close();
  }

  /** Ends every fault. */
  void heal() throws IOException, InterruptedException {
    send("faults", DELETE, BodyPublishers.noBody()).close();
  }

  /** Removes every object, and every upload that is open. */
  void empty() throws IOException, InterruptedException {
    send("objects", DELETE, BodyPublishers.noBody()).close();
  }

  /** The bytes behind one of the sandbox's questions, such as {@code objects/a.csv}. */
  InputStream open(String question) throws IOException, InterruptedException {
    return send(question, (request, none) -> request.GET(), BodyPublishers.noBody());
  }

  private InputStream send(
      String path,
      BiFunction<HttpRequest.Builder, BodyPublisher, HttpRequest.Builder> method,
      BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(domo.resolve("/sandbox/" + path));
    HttpResponse<InputStream> answer =
        http.send(method.apply(request, body).build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + Launcher.read(answer.body()));
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
