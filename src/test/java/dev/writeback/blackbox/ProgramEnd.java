package dev.writeback.blackbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Waits for the end of a program. One that hangs is ended, and told of with its threads. */
final class ProgramEnd {

  private static final Path THREADS = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final int LONGEST_ANSWER_SECONDS = 20;

  private ProgramEnd() {}

  /** Reads all that it prints meanwhile; nobody else may. */
  static Launcher.Ended await(Process process, Duration longest)
      throws IOException, InterruptedException {
    FutureTask<String> output = new FutureTask<>(() -> Launcher.read(process.getInputStream()));
    Thread reader = new Thread(output, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      String threads = threads(process);
      process.destroyForcibly();
      throw new AssertionError(
          "The program does not end. It said:\n" + get(output) + "\nand its threads:\n" + threads);
    }
    return new Launcher.Ended(process.exitValue(), get(output));
  }

  private static String get(FutureTask<String> output) throws IOException, InterruptedException {
    try {
      return output.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** What the threads of a program do at the moment; nothing where it does not answer. */
  static String threads(Process process) throws IOException, InterruptedException {
    Process asking =
        new ProcessBuilder(THREADS.toString(), String.valueOf(process.pid()), "Thread.print")
            .redirectErrorStream(true)
            .start();
    FutureTask<String> threads = new FutureTask<>(() -> Launcher.read(asking.getInputStream()));
    new Thread(threads, "threads of " + process.pid()).start();
    if (!asking.waitFor(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
      asking.destroyForcibly();
    }
    return get(threads);
  }
}
