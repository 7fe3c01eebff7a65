package dev.writeback.run;

/**
 * What came of one step of a look at what a job needs.
 *
 * @param found what was found, in words
 * @param advice what to do about it, or empty
 * @param outcome how a run would end by it: {@link Outcome#DONE} unless the step has failed
 */
public record CheckResult(State state, String found, String advice, Outcome outcome) {

  /** How well it went. */
  public enum State {
    /** As a run needs it. */
    OK,
    /** A run goes on, and a person should know. */
    WARN,
    /** A run would end here. */
    FAILED,
    /** Not looked at, since it would tell nothing. */
    SKIPPED
  }

  public static CheckResult ok(String found) {
    return new CheckResult(State.OK, found, "", Outcome.DONE);
  }

  public static CheckResult warn(String found, String advice) {
    return new CheckResult(State.WARN, found, advice, Outcome.DONE);
  }

  public static CheckResult skipped(String why) {
    return new CheckResult(State.SKIPPED, why, "", Outcome.DONE);
  }

  public static CheckResult failed(Outcome outcome, String found, String advice) {
    return new CheckResult(State.FAILED, found, advice, outcome);
  }
}
