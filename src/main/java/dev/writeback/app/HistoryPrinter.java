package dev.writeback.app;

import dev.writeback.ledger.RunRecord;
import java.io.PrintWriter;
import java.util.List;

/** How a list of runs is shown. */
interface HistoryPrinter {

  void print(List<RunRecord> runs, PrintWriter out);

  static HistoryPrinter of(boolean json) {
    return json ? new HistoryLines() : new HistoryTable();
  }
}
