package dev.writeback.app;

import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.camel.util.FileUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "sandbox",
    description =
        "Serves a Domo, an STS and an S3 on loopback until it is stopped. Its first line, typed into"
            + " another shell, makes domo-s3-writeback use them there.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  domo-s3-writeback sandbox",
      "  domo-s3-writeback sandbox --https",
      "  domo-s3-writeback sandbox --domo-port 8081 --sts-port 8082 --s3-port 8083"
    })
final class SandboxCommand implements Callable<Integer> {

  @Option(names = "--domo-port", paramLabel = "PORT", description = "By default a free one.")
  private int domoPort;

  @Option(names = "--sts-port", paramLabel = "PORT", description = "By default a free one.")
  private int stsPort;

  @Option(names = "--s3-port", paramLabel = "PORT", description = "By default a free one.")
  private int s3Port;

  @Option(
      names = "--https",
      description =
          "Speak HTTPS, as Domo and AWS do, by a certificate that the first line makes"
              + " domo-s3-writeback trust.")
  private boolean https;

  @Option(
      names = "--key-life",
      paramLabel = "SECONDS",
      description = "How long the keys live that the STS mints. By default as long as asked.")
  private Integer keyLife;

  @Option(
      names = "--hashing-sink",
      description = "Keep no objects, only their length and SHA-256: for large ones.")
  private boolean hashingSink;

  @Option(
      names = "--s3proxy",
      paramLabel = "URL",
      description =
          "Keep the objects in the S3Proxy that runs there, with s3proxy.authorization=none. By"
              + " default in one of its own.")
  private URI s3Proxy;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Sandbox.Builder builder =
        Sandbox.builder()
            .domoPort(domoPort)
            .stsPort(stsPort)
            .s3Port(s3Port)
            .https(https)
            .onDisk(true)
            .s3Proxy(s3Proxy)
            .hashingSink(hashingSink);
    if (keyLife != null) {
      builder.keyLife(Duration.ofSeconds(keyLife));
    }
    PrintWriter out = command.commandLine().getOut();
    Path ledger = Files.createTempDirectory("writeback-sandbox");
    try (Sandbox sandbox = builder.start()) {
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "close-sandbox"));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> FileUtil.removeDir(ledger.toFile()), "remove-sandbox-ledger"));
      out.println("export WRITEBACK_JAVA_OPTIONS='" + javaOptions(sandbox, ledger) + "'");
      sandbox.summary().lines().forEach(line -> out.println("# " + line));
      out.println("# What has landed: " + sandbox.domoUrl() + "/sandbox/objects and /KEY");
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }

  /** What is tried here is not to stand in the ledger of the folder. */
  private static String javaOptions(Sandbox sandbox, Path ledger) {
    Map<String, String> settings = new TreeMap<>(SandboxSettings.of(sandbox));
    settings.putAll(SandboxSettings.callerKeys());
    settings.putAll(sandbox.trust());
    settings.put(LedgerDatabase.URL, "jdbc:h2:file:" + ledger.resolve("ledger"));
    return settings.entrySet().stream()
        .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(" "));
  }
}
