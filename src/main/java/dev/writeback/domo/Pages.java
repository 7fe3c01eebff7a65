package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.Watermark;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of an increment, one query each. While one is read the next has been asked for: Domo
 * works on its answer, which then waits unread in its connection, so that no memory is needed.
 *
 * <p>A page that Domo refuses, or does not begin to answer in time, is left out and remembered.
 */
final class Pages {

  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

  private final DomoClient client;
  private final String dataSet;
  private final Cancellation cancellation;
  private final ExecutorService threads;
  private final Iterator<Watermark> ranges;
  private final List<Watermark> refused = new ArrayList<>();
  private Watermark asked;
  private Future<QueryRows> answer;

  Pages(
      DomoClient client,
      String dataSet,
      List<Watermark> ranges,
      Cancellation cancellation,
      ExecutorService threads) {
    this.client = client;
    this.dataSet = dataSet;
    this.cancellation = cancellation;
    this.threads = threads;
    this.ranges = ranges.iterator();
    ask();
  }

  private void ask() {
    asked = ranges.hasNext() ? ranges.next() : null;
    if (asked != null) {
      String sql = "SELECT * FROM table" + Batches.where(asked);
      answer = threads.submit(() -> client.query(dataSet, sql, cancellation));
    }
  }

  /** The next page that Domo answers, or null after the last. */
  QueryRows next() throws InterruptedIOException {
    while (asked != null) {
      Watermark range = asked;
      Future<QueryRows> awaited = answer;
      ask();
      try {
        return awaited.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      } catch (ExecutionException e) {
        refuse(range, e.getCause());
      }
    }
    return null;
  }

  private void refuse(Watermark range, Throwable why) {
    if (!(why instanceof DomoException failure)) {
      throw new CompletionException(why);
    }
    if (cancellation.isCancelled() || failure.outcome() == Outcome.CREDENTIALS) {
      throw failure;
    }
    LOG.debug("DataSet {}: the batches {} are left to the export", dataSet, range, failure);
    refused.add(range);
  }

  /** What has been left out so far. */
  List<Watermark> refused() {
    return List.copyOf(refused);
  }
}
