package dev.writeback.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code sandbox} as a process of its own. */
final class SandboxProcess implements AutoCloseable {

  private static final Pattern SETTINGS =
      Pattern.compile("export WRITEBACK_JAVA_OPTIONS='([^']*)'");
  private static final Pattern DOMO = Pattern.compile("-Dacme\\.api-host=(\\S+)");

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
    Process process = new Launcher(folder).java("-Xmx512m").start(arguments);
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
    HttpRequest request = HttpRequest.newBuilder(domo.resolve("/sandbox/" + question)).build();
    return new ObjectMapper()
        .readTree(
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
