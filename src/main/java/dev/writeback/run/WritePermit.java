package dev.writeback.run;

import java.util.function.Consumer;

/**
 * A run's right to make its object, which another run may take from it while it is under way: where
 * its process stood still for long, the job is somebody else's by now. Whoever writes the object
 * asks {@link #check} right before the last call. Thread-safe.
 *
 * <p>What remains: a process that is stopped after the question and before S3 has the last byte
 * writes late. Its object is known by the run's id in its metadata. It holds what the run that was
 * left has to hold in any case: whoever takes the job finishes that very run first, under the same
 * key and with the same range of an increment, so that no row is in two objects.
 */
public final class WritePermit {

  private Runnable question = () -> {};
  private Consumer<RunException> writer;
  private RunException withdrawn;

  /**
   * Gives it, or gives it anew.
   *
   * @param question throws a {@link RunException} where the run may not write now
   */
  public synchronized void grant(Runnable question) {
    this.question = question;
    withdrawn = null;
  }

  /**
   * Asks whether the object may be made now; may ask a database.
   *
   * @throws RunException if it may not
   */
  public void check() {
    question().run();
    RunException why = reason();
    if (why != null) {
      throw why;
    }
  }

  /** Takes it for good. Whoever is writing is told. The first reason counts. */
  public void withdraw(RunException why) {
    Consumer<RunException> told;
    synchronized (this) {
      if (withdrawn != null) {
        return;
      }
      withdrawn = why;
      told = writer;
    }
    if (told != null) {
      told.accept(why);
    }
  }

  public boolean isWithdrawn() {
    return reason() != null;
  }

  private synchronized Runnable question() {
    return question;
  }

  private synchronized RunException reason() {
    return withdrawn;
  }

  /**
   * Somebody begins to write.
   *
   * @param broken is told, on any thread, that the permit is withdrawn; at once where it is already
   */
  public void writing(Consumer<RunException> broken) {
    RunException why;
    synchronized (this) {
      writer = broken;
      why = withdrawn;
    }
    if (why != null) {
      broken.accept(why);
    }
  }

  /** Nobody writes any more. */
  public synchronized void written() {
    writer = null;
  }
}
