package dev.writeback.run;

/** What an export does to show that the records read are all records of the DataSet. */
public enum Verify {
  /** Asks Domo before and after, and fails the run where the records are not shown to be all. */
  STRICT,
  /** Asks Domo before and after, and logs a warning where strict would fail the run. */
  WARN,
  /** Asks nothing. */
  OFF
}
