package dev.writeback.app;

import dev.writeback.run.Outcome;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Ends the process when memory has run out, also where the launcher's {@code
 * ExitOnOutOfMemoryError} was not given: Camel logs an Error of a routing thread and leaves its
 * exchange in flight for ever.
 */
final class OutOfMemory implements InterceptStrategy {

  private static final int UNEXPECTED = Outcome.UNEXPECTED.exitCode();

  static void endsTheProcess() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          exitIf(thrown);
          System.err.println(thread.getName() + " ended: " + thrown);
        });
  }

  static void exitIf(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        System.err.println("Out of memory: give the program a larger heap, -Xmx");
        Runtime.getRuntime().halt(UNEXPECTED);
      }
    }
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    return new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
          return super.process(
              exchange,
              doneSync -> {
                exitIf(exchange.getException());
                callback.done(doneSync);
              });
        } catch (OutOfMemoryError e) {
          exitIf(e);
          throw e;
        }
      }
    };
  }
}
