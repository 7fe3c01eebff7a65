package dev.writeback.examples.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Domo, an STS and an S3 for the test of an example: the program's command {@code sandbox} as a
 * process of its own, so that nothing of it comes onto the example's class path.
 */
public final class Sandbox implements AutoCloseable {

  /** A small DataSet that it has: the airports of the United States. */
  public static final String AIRPORTS = "845305d8-da3d-4107-a9d6-13ef3f86d4a4";

  /** Another one: a handful of orders, with quotes, line ends and nulls. */
  public static final String ORDERS = "c0ffee00-5ca1-4ab1-8e0d-0123456789ab";

  private static final String PROGRAM = "target/dist/bin/domo-s3-writeback";
  private static final Pattern SETTING = Pattern.compile("-D([^=\\s']+)=([^\\s']*)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Map<String, String> settings;

  private Sandbox(Process process, Map<String, String> settings) {
    this.process = process;
    this.settings = Map.copyOf(settings);
  }

  /**
   * Starts it, on free ports.
   *
   * @throws IllegalStateException if the program has not been built
   */
  public static Sandbox start() throws IOException {
    Process process =
        new ProcessBuilder(program().toString(), "sandbox")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader output = process.inputReader();
    String first = output.readLine();
    if (first == null) {
      throw new IllegalStateException("The sandbox does not start");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    Matcher setting = SETTING.matcher(first);
    while (setting.find()) {
      settings.put(setting.group(1), setting.group(2));
    }
    return new Sandbox(process, settings);
  }

  /** In the folder that the examples are in. */
  private static Path program() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve(PROGRAM))) {
        return folder.resolve(PROGRAM);
      }
    }
    throw new IllegalStateException(PROGRAM + " is not there: mvn install builds it");
  }

  /**
   * How to reach it: {@code acme.api-host}, {@code landing.s3-endpoint} and so on, and the caller's
   * keys by the names under which the AWS SDK looks for them, {@code aws.accessKeyId} and {@code
   * aws.secretAccessKey}.
   */
  public Map<String, String> settings() {
    return settings;
  }

  /** Makes the settings system properties, which count more than any file. */
  public Sandbox asSystemProperties() {
    settings.forEach(System::setProperty);
    return this;
  }

  /** The bytes of a DataSet's export, as Domo gives them. */
  public byte[] export(String dataSet) throws IOException, InterruptedException {
    return get("exports/" + dataSet);
  }

  /** The bytes of an object that has landed in the bucket. */
  public byte[] object(String key) throws IOException, InterruptedException {
    return get("objects/" + key);
  }

  /** Domo gives no rows any more until {@link #heal}. */
  public void breakExports() throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(door("faults"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"kind\": \"REFUSE\", \"endpoint\": \"EXPORT\", \"status\": 500}")));
  }

  /** Everything is well again. */
  public void heal() throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(door("faults")).DELETE());
  }

  private byte[] get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(door(path)));
  }

  private URI door(String path) {
    return URI.create(settings.get("acme.api-host") + "/sandbox/" + path);
  }

  private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + ": " + new String(answer.body()));
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
