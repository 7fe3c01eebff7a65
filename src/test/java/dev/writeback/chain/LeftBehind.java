package dev.writeback.chain;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A program in which two CamelContexts have come and gone. It prints what is left of them, and ends
 * by itself if no thread of theirs holds it up. In a JVM of its own, since most of what might be
 * changed in a JVM is changed once.
 */
final class LeftBehind {

  /** Before a line that tells something left. */
  static final String LEFT = "left: ";

  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Where the JVM looks for the certificates that it trusts. */
  private static final Path TRUSTED = Path.of(System.getProperty("javax.net.ssl.trustStore"));

  private static final char[] PASSWORD =
      System.getProperty("javax.net.ssl.trustStorePassword").toCharArray();

  /** Where this program's runs are; and who waits for the end of keytool, for the sandbox. */
  private static final Set<String> OF_THE_JDK = Set.of("ForkJoinPool.commonPool", "process reaper");

  private final Map<String, Object> jvm;
  private final Set<Thread> threads;
  private final List<String> open;
  private final List<Path> temporary;

  private LeftBehind() throws Exception {
    useWhatOnlyHostsHave();
    jvm = JvmState.now();
    // What classes open when they are first used, for good, is none of a context's.
    comeAndGo("first");
    threads = Thread.getAllStackTraces().keySet();
    open = OpenFiles.now();
    temporary = temporary();
  }

  /** Prints what is left. */
  public static void main(String[] arguments) throws Exception {
    LeftBehind leftBehind = new LeftBehind();
    comeAndGo("again");
    try {
      await().pollInSameThread().atMost(LONGEST).until(() -> leftBehind.list().isEmpty());
    } catch (ConditionTimeoutException e) {
      leftBehind.list().forEach(each -> System.out.println(LEFT + each));
    }
  }

  private static void useWhatOnlyHostsHave() throws Exception {
    try (Sandbox sandbox = sandbox();
        HikariDataSource database = database("host");
        Connection connection = database.getConnection()) {
      if (!connection.isValid(1) || !sandbox.s3().objects().isEmpty()) {
        throw new IllegalStateException("The host itself does not work");
      }
    }
  }

  /** By HTTPS, all three. Its certificate is one that this JVM trusts. */
  private static Sandbox sandbox() throws IOException, GeneralSecurityException {
    Sandbox sandbox = Sandbox.builder().https(true).start();
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    if (Files.exists(TRUSTED)) {
      try (InputStream in = Files.newInputStream(TRUSTED)) {
        trusted.load(in, PASSWORD);
      }
    }
    try (InputStream in = Files.newInputStream(sandbox.certificate().orElseThrow())) {
      trusted.setCertificateEntry(
          sandbox.domoUrl().toString(),
          CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    try (OutputStream out = Files.newOutputStream(TRUSTED)) {
      trusted.store(out, PASSWORD);
    }
    return sandbox;
  }

  /** In a file, which stays open for as long as one connection does. */
  private static HikariDataSource database(String name) {
    return Host.database(name, "jdbc:h2:file:" + TRUSTED.resolveSibling(name));
  }

  private static void comeAndGo(String name) throws Exception {
    try (Host left = new Host(sandbox(), database(name + "-left"));
        Host right = new Host(sandbox(), database(name + "-right"))) {
      CompletableFuture<Exchange> run = left.begin();
      Host.assertDone(right.begin());
      Host.assertDone(run);
      left.assertWritten();
      if (left.sandbox.sts().calls().isEmpty()) {
        throw new IllegalStateException("The STS was not asked");
      }
      left.context.close();
      if (left.database.getHikariPoolMXBean().getActiveConnections() > 0) {
        System.out.println(LEFT + "a connection taken from the host's pool");
      }
    }
  }

  private List<String> list() throws Exception {
    List<String> left = new ArrayList<>();
    JvmState.now()
        .forEach(
            (name, value) -> {
              if (!value.equals(jvm.get(name))) {
                left.add(name + ": " + value);
              }
            });
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!threads.contains(thread) && !OF_THE_JDK.contains(nameOf(thread))) {
        left.add(thread.toString());
      }
    }
    if (!OpenFiles.now().equals(open)) {
      left.add("open: " + OpenFiles.now() + ", before: " + open);
    }
    if (!temporary().equals(temporary)) {
      left.add("temporary files: " + temporary() + ", before: " + temporary);
    }
    return left;
  }

  private static String nameOf(Thread thread) {
    return thread.getName().replaceFirst("-worker-\\d+$| \\(pid \\d+\\)$", "");
  }

  private static List<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.sorted().toList();
    }
  }
}
