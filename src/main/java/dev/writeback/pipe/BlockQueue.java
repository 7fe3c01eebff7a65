package dev.writeback.pipe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue of byte blocks between one writing and one reading thread, and how the writing
 * ended. Blocks go round: at most {@code capacity + 2} are ever allocated, on demand.
 *
 * <p>Only {@link #end()} makes an end of the stream. Until it is called, the reader waits or fails.
 */
final class BlockQueue {

  /** Bytes on their way: the first {@code length} of {@code bytes}. */
  record Block(byte[] bytes, int length) {}

  private final Lock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition freed = lock.newCondition();
  private final ArrayDeque<Block> queue = new ArrayDeque<>();
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();
  private final int capacity;
  private final int blockSize;

  private boolean ended;
  private boolean abandoned;
  private Throwable failure;
  private boolean readerWaits;

  BlockQueue(int capacity, int blockSize) {
    this.capacity = capacity;
    this.blockSize = blockSize;
  }

  /** An empty block for the writer. */
  byte[] obtain() {
    lock.lock();
    try {
      byte[] block = spare.poll();
      return block == null ? new byte[blockSize] : block;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands a block to the reader; waits for room.
   *
   * @throws IOException when nobody reads any more
   */
  void put(byte[] bytes, int length) throws IOException {
    lock.lock();
    try {
      while (queue.size() == capacity && isOpen()) {
        await(freed);
      }
      if (!isOpen()) {
        throw new IOException("Nobody reads this pipe any more.");
      }
      queue.add(new Block(bytes, length));
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the reader waits and has nothing to take. */
  boolean isStarved() {
    lock.lock();
    try {
      return readerWaits && queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The writer has ended cleanly: after what is queued there is an end. */
  void end() {
    lock.lock();
    try {
      ended = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The writer has failed: the reader gets this at its next read. The first failure counts. */
  void fail(Throwable cause) {
    lock.lock();
    try {
      if (failure == null && !ended) {
        failure = cause;
        release();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The reader is gone: the writer gets an error at its next write.
   *
   * @return whether the writer may still be at work
   */
  boolean abandon() {
    lock.lock();
    try {
      boolean writing = !ended && isOpen();
      abandoned = true;
      release();
      return writing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next block, or null at the clean end; waits for either.
   *
   * @throws WriterFailedException when the writer has failed
   * @throws IOException when the reader has closed the pipe itself
   */
  Block take() throws IOException {
    lock.lock();
    try {
      readerWaits = true;
      while (queue.isEmpty() && !ended && isOpen()) {
        await(filled);
      }
      if (abandoned) {
        throw new IOException("This stream has been closed.");
      }
      if (failure != null) {
        throw new WriterFailedException(failure);
      }
      Block block = queue.poll();
      freed.signal();
      return block;
    } finally {
      readerWaits = false;
      lock.unlock();
    }
  }

  /** Gives a block that has been read back to the writer. */
  void recycle(byte[] block) {
    lock.lock();
    try {
      if (!ended && isOpen()) {
        spare.add(block);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isOpen() {
    return !abandoned && failure == null;
  }

  private void release() {
    queue.clear();
    spare.clear();
    filled.signalAll();
    freed.signalAll();
  }

  private static void await(Condition condition) throws InterruptedIOException {
    try {
      condition.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("Interrupted while waiting for the other end of a pipe.");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
