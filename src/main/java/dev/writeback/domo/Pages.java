package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.Watermark;
import java.io.InterruptedIOException;
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
 * <p>A page that Domo refuses, or does not begin to answer in time, is the last: it and what comes
 * behind it are {@link #rest}.
 */
final class Pages {

  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

  private final DomoClient client;
  private final String dataSet;
  private final Cancellation cancellation;
  private final Cancellation queries;
  private final ExecutorService threads;
  private final Iterator<Watermark> ranges;
  private final long upTo;
  private Watermark rest;
  private Watermark asked;
  private Future<QueryRows> answer;

  /**
   * @param ranges one behind the other, at least one
   * @param cancellation ends the queries, too
   */
  Pages(
      DomoClient client,
      String dataSet,
      List<Watermark> ranges,
      Cancellation cancellation,
      ExecutorService threads) {
    this.client = client;
    this.dataSet = dataSet;
    this.cancellation = cancellation;
    this.queries = cancellation.part();
    this.threads = threads;
    this.ranges = ranges.iterator();
    this.upTo = ranges.get(ranges.size() - 1).upTo();
    ask();
  }

  private void ask() {
    asked = ranges.hasNext() ? ranges.next() : null;
    if (asked != null) {
      String sql = "SELECT * FROM table" + Batches.where(asked);
      answer = threads.submit(() -> client.query(dataSet, sql, queries));
    }
  }

  /** The next page, or null where there is none. */
  QueryRows next() throws InterruptedIOException {
    if (asked == null) {
      return null;
    }
    Watermark range = asked;
    Future<QueryRows> awaited = answer;
    ask();
    try {
      return awaited.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      leave(range, e.getCause());
      return null;
    }
  }

  private void leave(Watermark range, Throwable why) {
    if (!(why instanceof DomoException failure)) {
      throw new CompletionException(why);
    }
    if (cancellation.isCancelled() || failure.outcome() == Outcome.CREDENTIALS) {
      throw failure;
    }
    LOG.debug("DataSet {}: from {} on by the export", dataSet, range, failure);
    rest = new Watermark(range.above(), upTo);
    asked = null;
    queries.cancel();
  }

  /** What no page has given; null where there is nothing left. To be asked after the last page. */
  Watermark rest() {
    return rest;
  }
}
