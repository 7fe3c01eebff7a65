package dev.writeback.run;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The steps of a look at what a job needs. One that fails is told, and does not keep those from
 * being done that do not need it. For one thread.
 */
public final class Checklist {

  private final BiConsumer<String, CheckResult> told;
  private Outcome worst = Outcome.DONE;

  /**
   * @param told given each step's name and result when it is done
   */
  public Checklist(BiConsumer<String, CheckResult> told) {
    this.told = told;
  }

  /**
   * Does a step.
   *
   * @param work whatever it throws is the step's failure
   * @return whether it has not failed
   */
  public boolean step(String name, Supplier<CheckResult> work) {
    return tell(name, result(work));
  }

  /**
   * Looks at options, by the problems that they have themselves.
   *
   * @param sound what is said where there are none
   */
  public boolean options(String name, List<String> problems, String sound) {
    return tell(
        name,
        problems.isEmpty()
            ? CheckResult.ok(sound)
            : CheckResult.failed(Outcome.CONFIGURATION, String.join("; ", problems), ""));
  }

  /** Leaves steps out. */
  public void skip(String why, String... names) {
    for (String name : names) {
      tell(name, CheckResult.skipped(why));
    }
  }

  private static CheckResult result(Supplier<CheckResult> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      RunException failure = RunException.in(e);
      return CheckResult.failed(failure.outcome(), failure.getMessage(), "");
    }
  }

  private boolean tell(String name, CheckResult result) {
    if (result.outcome().exitCode() > worst.exitCode()) {
      worst = result.outcome();
    }
    told.accept(name, result);
    return result.state() != CheckResult.State.FAILED;
  }

  /** Of the failed steps the one with the highest exit code; {@link Outcome#DONE} without any. */
  public Outcome worst() {
    return worst;
  }
}
