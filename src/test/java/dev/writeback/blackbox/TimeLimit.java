package dev.writeback.blackbox;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Breaks off what takes too long, and says what was being done then. */
final class TimeLimit {

  private TimeLimit() {}

  /**
   * @param doing what the failure tells
   */
  static void keep(Duration limit, Callable<String> doing, Callable<Void> work) throws Exception {
    FutureTask<Void> task = new FutureTask<>(work);
    Thread thread = new Thread(task, Thread.currentThread().getName() + ", within its limit");
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      String told = doing.call();
      task.cancel(true);
      throw new AssertionError("Not over after " + limit.toSeconds() + " s:\n" + told, late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) failed.getCause();
    }
  }
}
