package dev.writeback.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Properties;
import org.awaitility.Awaitility;

/** What the commands ask the program that runs in a folder, without a process for each. */
final class CommandPort {

  /** No content: the command says nothing, and ends well. */
  private static final int NOTHING = 204;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Properties running = new Properties();

  /**
   * @param folder of a program that has started
   */
  CommandPort(WorkFolder folder) throws IOException {
    try (InputStream in = Files.newInputStream(folder.path().resolve("running.properties"))) {
      running.load(in);
    }
  }

  /** Has it run a job, as the command {@code run} does; comes back with the exit code. */
  int run(String job, String slot) throws IOException, InterruptedException {
    String run = ask("POST", "/runs?byHand=true&job=" + job + "&at=" + slot);
    return Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .until(
            () -> JSON.readTree(ask("GET", "/runs/" + run + "?from=0")).path("exitCode"),
            JsonNode::isInt)
        .asInt();
  }

  /** What the command {@code history --json} prints of a job. */
  String history(String job) throws IOException, InterruptedException {
    return ask("GET", "/history?most=10&json=true&job=" + job);
  }

  private String ask(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.getProperty("url") + path))
            .method(method, BodyPublishers.noBody())
            .header("Authorization", "Bearer " + running.getProperty("token"))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200 && answer.statusCode() != NOTHING) {
      throw new AssertionError(path + ": " + answer.body());
    }
    return answer.body();
  }
}
