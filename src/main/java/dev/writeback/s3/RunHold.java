package dev.writeback.s3;

import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A run that has its memory and will write, or is writing, its object.
 *
 * @param run null where somebody else's route writes: then there is nobody to be told
 */
record RunHold(RunContext run, BufferReservation memory) {

  /** Whether an earlier attempt of the run may have written the object. */
  boolean isMaybeWritten() {
    return run != null && run.isMaybeWritten();
  }

  /** Whether the run writes rows that no other run writes again. */
  boolean hasRange() {
    return run != null && run.getWatermark() != null;
  }

  /** What stands under the key is read, and is not the run's. */
  void notWritten() {
    if (run != null) {
      run.setMaybeWritten(false);
    }
  }

  /** What stands under the key is the run's own. */
  void found(Map<String, String> metadata) {
    if (run != null) {
      run.found(metadata);
    }
  }

  /**
   * Asks whether the run may still make its object.
   *
   * @throws dev.writeback.run.RunException if it may not
   */
  void checkPermit() {
    if (run != null) {
      run.permit().check();
    }
  }

  /** The upload has a session of its own. */
  void session(RoleSession session) {
    if (run != null) {
      run.setSessionLeft(session::left);
    }
  }

  /** The upload begins: it is broken off where the run may write no longer. */
  void writing(Consumer<RunException> broken) {
    if (run != null) {
      run.permit().writing(broken);
    }
  }

  /** The upload has ended. */
  void written() {
    if (run != null) {
      run.permit().written();
    }
  }

  /** S3 has taken so many bytes. */
  void acknowledged(long bytes) {
    if (run != null) {
      run.bytesWritten().addAndGet(bytes);
    }
  }

  void uploadOpened(String uploadId) {
    if (run != null) {
      run.uploads().opened(uploadId);
    }
  }

  void uploadEnded(String uploadId) {
    if (run != null) {
      run.uploads().ended(uploadId);
    }
  }
}
