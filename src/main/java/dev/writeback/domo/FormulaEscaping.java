package dev.writeback.domo;

/**
 * Whether an export has an apostrophe before each text that a spreadsheet would take for a formula,
 * such as {@code =SUM(A1)} or {@code -}.
 *
 * <p>It is asked by the parameter {@code disableFormulaInterpretation}, which Domo's API reference
 * does not list. Domo's Java SDK says that such cells "will be escaped with a '" where it is true
 * (pull request 27); which of the two holds without it, Domo says nowhere, and users have met
 * apostrophes (pydomo issue 58).
 */
public enum FormulaEscaping {
  /** Nothing is asked: as Domo has it. */
  AS_DOMO(""),
  APOSTROPHE("&disableFormulaInterpretation=true"),
  NONE("&disableFormulaInterpretation=false");

  private final String query;

  FormulaEscaping(String query) {
    this.query = query;
  }

  /** What the query of an export ends in. */
  String query() {
    return query;
  }
}
