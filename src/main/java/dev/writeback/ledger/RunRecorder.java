package dev.writeback.ledger;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what becomes of a run into the ledger. Before the object is there, a ledger that cannot be
 * reached fails the run; after it, the run has done what it should, and its intent stays open.
 */
final class RunRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(RunRecorder.class);

  private final LedgerStore store;
  private final Consumer<RunContext> over;

  /**
   * @param over is told of each run that its exchange is done with, once the ledger knows it
   */
  RunRecorder(LedgerStore store, Consumer<RunContext> over) {
    this.store = store;
    this.over = over;
  }

  /**
   * @return false where the run is recorded as complete already
   */
  boolean begun(RunContext run) {
    return store.save(RunRecord.of(run, null));
  }

  /**
   * What the run will write; from now on, which uploads it has open.
   *
   * @throws RunException where another process has ended the run meanwhile
   */
  void intent(RunContext run) {
    if (!store.saveOpen(RunRecord.of(run, null))) {
      RunException lost = LostLease.ended(run.getId());
      run.permit().withdraw(lost);
      throw lost;
    }
    run.uploads()
        .setLeft(
            store.withOpenUploads(run.getJob()).stream()
                .filter(left -> !left.id().equals(run.getId()))
                .flatMap(left -> left.leftUploads(store).stream())
                .toList());
    run.uploads()
        .onChange(
            () -> {
              if (run.isWriting()) {
                tried(
                    run,
                    () -> store.saveOpen(RunRecord.of(run, null)),
                    "does not know its open uploads");
              }
            });
  }

  /**
   * There is nothing left to do. Where another process has ended the run, that stays: what it made
   * of the rows nobody knows here.
   */
  void complete(RunContext run) {
    tried(
        run,
        () -> {
          if (!store.saveOpen(RunRecord.of(run, Instant.now()))) {
            note(run, "the ledger says what another process has made of this run", "");
          }
        },
        "does not know that it is complete; the job's next run will look for its object");
  }

  /** An attempt has failed; another may follow. */
  void failed(RunContext run) {
    if (!run.permit().isWithdrawn()) {
      tried(run, () -> store.saveOpen(RunRecord.of(run, null)), "does not know of this attempt");
    }
  }

  /** A stop has broken the run off: what it was about to write, the job's next run finishes. */
  void stopped(RunContext run) {
    Instant ended = run.getKey() == null ? Instant.now() : null;
    if (!run.permit().isWithdrawn()) {
      tried(
          run,
          () -> store.saveOpen(RunRecord.of(run, ended)),
          "does not know why this run has ended");
    }
  }

  /**
   * The exchange is done with the run. One that has lost its job is left to who has it now.
   *
   * @param finishing whether the run had been left by an earlier exchange
   */
  void over(RunContext run, boolean finishing) {
    boolean isLeft =
        !run.isSettled() && (run.permit().isWithdrawn() || isToBeFinished(run, finishing));
    if (!isLeft) {
      tried(
          run,
          () -> store.saveOpen(RunRecord.of(run, Instant.now())),
          "does not know that it is over");
    }
    over.accept(run);
  }

  /**
   * A run whose object may be there is finished by the next one, so that no row is written twice.
   * Where that was tried, and would not help, the rows of an increment still have to be accounted
   * for; a whole DataSet is written anew.
   */
  private static boolean isToBeFinished(RunContext run, boolean finishing) {
    if (run.getFailure() instanceof OtherChainException) {
      return true;
    }
    return run.getKey() != null
        && run.isMaybeWritten()
        && (!finishing || run.isRetryable() || run.getWatermark() != null);
  }

  private static void tried(RunContext run, Runnable write, String consequence) {
    try {
      write.run();
    } catch (RunException e) {
      note(run, "the ledger " + consequence, " (" + e.getMessage() + ")");
    }
  }

  private static void note(RunContext run, String note, String why) {
    if (!run.notes().contains(note)) {
      run.notes().add(note);
      LOG.warn("{}, run {}: {}{}", run.getJob(), run.getId(), note, why);
    }
  }
}
