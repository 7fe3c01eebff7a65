package dev.writeback.domo;

import dev.writeback.run.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * How the batches of an increment are read. The ranges do not overlap, and together they hold every
 * row of the increment.
 *
 * @param pages read by one query each: a range of whole batches, below the query endpoint's limit
 * @param exported read by one pass over the export, which keeps their rows
 */
record IncrementPlan(List<Watermark> pages, List<Watermark> exported) {

  /** All by the export. */
  static IncrementPlan exported(Watermark range) {
    return new IncrementPlan(List.of(), List.of(range));
  }

  /**
   * @param counts the rows of each batch in the range
   * @param rowsPerPage a page takes as many batches as have no more rows; one batch at least
   */
  static IncrementPlan of(Watermark range, NavigableMap<Long, Long> counts, long rowsPerPage) {
    List<Watermark> pages = new ArrayList<>();
    List<Watermark> exported = new ArrayList<>();
    Long above = range.above();
    Long upTo = null;
    long rows = 0;
    for (Map.Entry<Long, Long> batch : counts.entrySet()) {
      boolean large = batch.getValue() >= DomoClient.MOST_QUERY_ROWS;
      if (upTo != null && (large || rows + batch.getValue() > rowsPerPage)) {
        pages.add(new Watermark(above, upTo));
        above = upTo;
        upTo = null;
        rows = 0;
      }
      if (large) {
        exported.add(new Watermark(above, batch.getKey()));
        above = batch.getKey();
      } else {
        upTo = batch.getKey();
        rows += batch.getValue();
      }
    }
    if (upTo != null) {
      pages.add(new Watermark(above, upTo));
    }
    return new IncrementPlan(List.copyOf(pages), List.copyOf(exported));
  }
}
