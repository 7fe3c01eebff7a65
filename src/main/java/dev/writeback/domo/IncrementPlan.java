package dev.writeback.domo;

import dev.writeback.run.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Divides the batches of an increment into pages, each of which one query can answer. */
final class IncrementPlan {

  private IncrementPlan() {}

  /**
   * The pages: ranges of whole batches, one behind the other, which together hold every row of the
   * increment.
   *
   * @param counts the rows of each batch in the range
   * @param rowsPerPage a page takes as many batches as have no more rows; one batch at least
   * @return empty where a batch alone is more than a query answers: then a pass over the export,
   *     which it needs anyway, is the cheapest way to all of them
   */
  static List<Watermark> pages(Watermark range, NavigableMap<Long, Long> counts, long rowsPerPage) {
    List<Watermark> pages = new ArrayList<>();
    Long above = range.above();
    Long upTo = null;
    long rows = 0;
    for (Map.Entry<Long, Long> batch : counts.entrySet()) {
      if (batch.getValue() >= DomoClient.MOST_QUERY_ROWS) {
        return List.of();
      }
      if (upTo != null && rows + batch.getValue() > rowsPerPage) {
        pages.add(new Watermark(above, upTo));
        above = upTo;
        rows = 0;
      }
      upTo = batch.getKey();
      rows += batch.getValue();
    }
    if (upTo != null) {
      pages.add(new Watermark(above, range.upTo()));
    }
    return pages;
  }
}
