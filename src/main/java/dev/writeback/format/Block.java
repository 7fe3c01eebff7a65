package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A piece of a stream and what it becomes when it is compressed. Used again and again: it is filled
 * and written by the thread that reads the stream, and compressed by one of a pool.
 */
abstract class Block {

  private boolean closed;

  /**
   * Takes the next input; waits until the block is full or the input has ended.
   *
   * @return how many bytes were read; fewer than {@link #size()} at the end of the input only
   */
  abstract int fill(InputStream in) throws IOException;

  /** How many bytes of input fill it. */
  abstract int size();

  /** Compresses the input. May run while the next block is filled. */
  abstract void deflate();

  abstract void writeTo(OutputStream out) throws IOException;

  /** Frees what is not on the heap. */
  abstract void free();

  final synchronized Block compress() {
    if (!closed) {
      deflate();
    }
    return this;
  }

  /** Waits for a compression under way. */
  final synchronized void close() {
    if (!closed) {
      closed = true;
      free();
    }
  }
}
