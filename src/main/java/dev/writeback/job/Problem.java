package dev.writeback.job;

import org.apache.camel.util.StringHelper;

/**
 * What is wrong with an option.
 *
 * @param option by the name that it has in the file; empty where the place says it
 * @param text what is wrong with it, the value, what would be right
 */
public record Problem(String option, String text) {

  /** Of one text: {@code option - what is wrong - ...}. */
  public static Problem of(String problem) {
    return new Problem(StringHelper.before(problem, " - "), StringHelper.after(problem, " - "));
  }

  @Override
  public String toString() {
    return option.isEmpty() ? text : option + " - " + text;
  }
}
