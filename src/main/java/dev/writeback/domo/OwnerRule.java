package dev.writeback.domo;

/** What to do where the account's user is not shown to be the DataSet's owner. */
public enum OwnerRule {
  /** The run says so and goes on. */
  WARN,
  /** The run ends before anything is read. */
  REQUIRE,
  /** Nobody looks. */
  OFF
}
