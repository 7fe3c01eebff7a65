package dev.writeback.domo;

/** What to do with a DataSet whose rows are protected (personalized data permissions, PDP). */
public enum RowProtection {
  /** The run says so and goes on. */
  WARN,
  /** The run ends before anything is read. */
  REFUSE
}
