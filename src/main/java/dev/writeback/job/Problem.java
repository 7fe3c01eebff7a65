package dev.writeback.job;

/**
 * One mistake of an operator.
 *
 * @param option what is wrong, by the name that it has in the file; empty where the place says it
 * @param text what is wrong with it, the value, what would be right
 */
record Problem(String option, String text) {

  @Override
  public String toString() {
    return option.isEmpty() ? text : option + " - " + text;
  }
}
