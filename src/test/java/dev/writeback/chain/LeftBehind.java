package dev.writeback.chain;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.writeback.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Map<String, Object> jvm;
  private final Set<Thread> threads;
  private final List<String> open;
  private final List<Path> temporary;

  private LeftBehind() throws Exception {
    useWhatOnlyHostsHave();
    jvm = JvmState.now();
    // What classes open when they are first used, for good, is none of a context's.
    comeAndGo("first use");
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
    try (Sandbox sandbox = Sandbox.start();
        HikariDataSource database = Host.database("host");
        Connection connection = database.getConnection()) {
      if (!connection.isValid(1) || !sandbox.s3().objects().isEmpty()) {
        throw new IllegalStateException("The host itself does not work");
      }
    }
  }

  private static void comeAndGo(String name) throws Exception {
    try (Host left = new Host(name + " left");
        Host right = new Host(name + " right")) {
      CompletableFuture<Exchange> run = left.begin();
      Host.assertDone(right.begin());
      Host.assertDone(run);
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
      // The pool that the JDK has for everybody is where this program's runs are.
      if (!threads.contains(thread) && !thread.getName().startsWith("ForkJoinPool.commonPool")) {
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

  private static List<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.sorted().toList();
    }
  }
}
