package dev.writeback.app;

import dev.writeback.ledger.RunRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;

/** How a list of runs is shown. */
interface HistoryPrinter {

  void print(List<RunRecord> runs, PrintWriter out);

  /**
   * @param terminal the width of the terminal, where one is written to
   */
  static HistoryPrinter of(boolean json, OptionalInt terminal) {
    return json ? new HistoryLines() : new HistoryTable(terminal);
  }
}
