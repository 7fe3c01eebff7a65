package dev.writeback.pipe;

import java.util.Arrays;
import java.util.List;
import org.apache.camel.CamelContext;

/** The threads of one CamelContext's pools. */
public final class LiveThreads {

  private LiveThreads() {}

  /** Names of the live threads of the context's pool of this name. */
  public static List<String> of(CamelContext context, String pool) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("Camel (" + context.getName() + ")"))
        .filter(name -> name.endsWith(" - " + pool))
        .toList();
  }

  /** Names of the threads, of any context, that marshal into a pipe at this moment. */
  static List<String> marshalling() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getClassName().equals(Pipe.class.getName())))
        .map(thread -> thread.getKey().getName())
        .toList();
  }
}
