package dev.writeback.s3;

import dev.writeback.run.RunContext;

/**
 * A run that has its memory and will write, or is writing, its object.
 *
 * @param run null where somebody else's route writes: then there is nobody to be told
 */
record RunHold(RunContext run, BufferReservation memory) {

  /** Whether the run has tried to write its object before. */
  boolean isRepeated() {
    return run != null && run.getAttempt() > 1;
  }

  /** S3 has taken so many bytes. */
  void acknowledged(long bytes) {
    if (run != null) {
      run.bytesWritten().addAndGet(bytes);
    }
  }

  void uploadOpened(String uploadId) {
    if (run != null) {
      run.uploadOpened(uploadId);
    }
  }

  void uploadEnded(String uploadId) {
    if (run != null) {
      run.uploadEnded(uploadId);
    }
  }
}
