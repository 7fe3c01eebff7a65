package dev.writeback.s3;

import java.util.concurrent.Semaphore;

/**
 * The memory of one upload, taken from and given back to the {@link BufferBudget}. Pieces may be
 * given back by any thread, also after {@link #close}: what is still in use then goes back to the
 * budget as it comes.
 */
final class BufferReservation implements AutoCloseable {

  private final BufferBudget budget;
  private final int chunks;
  private final Semaphore available;
  private volatile boolean closed;

  BufferReservation(BufferBudget budget, int chunks) {
    this.budget = budget;
    this.chunks = chunks;
    this.available = new Semaphore(chunks);
  }

  /** The whole of it, in bytes. */
  long size() {
    return (long) chunks * BufferBudget.CHUNK;
  }

  /** A piece of {@link BufferBudget#CHUNK} bytes; waits until one is free. */
  byte[] take() throws InterruptedException {
    available.acquire();
    try {
      return budget.takeChunk();
    } catch (Throwable outOfMemory) {
      available.release();
      throw outOfMemory;
    }
  }

  void give(byte[] chunk) {
    budget.keepChunk(chunk);
    available.release();
    if (closed) {
      budget.giveBack(available.drainPermits());
    }
  }

  /** Idempotent. */
  @Override
  public void close() {
    closed = true;
    budget.giveBack(available.drainPermits());
  }
}
