package dev.writeback.pipe;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * The end that a data format writes to. Closing it means nothing, since data formats close their
 * stream even when they fail; only {@link #finish()} passes on what is left.
 */
final class PipeOutputStream extends OutputStream {

  private final BlockQueue queue;
  private byte[] block;
  private int length;

  PipeOutputStream(BlockQueue queue) {
    this.queue = queue;
  }

  @Override
  public void write(int b) throws IOException {
    room();
    block[length++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    int from = offset;
    int left = count;
    while (left > 0) {
      int copied = Math.min(left, room());
      System.arraycopy(bytes, from, block, length, copied);
      length += copied;
      from += copied;
      left -= copied;
    }
  }

  /** Passes an unfilled block on, but only to a reader that waits: small blocks cost more. */
  @Override
  public void flush() throws IOException {
    if (length > 0 && queue.isStarved()) {
      handOver();
    }
  }

  @Override
  public void close() {
    // See the class comment.
  }

  /** Hands the last, unfilled block over. */
  void finish() throws IOException {
    if (length > 0) {
      handOver();
    }
  }

  private int room() throws IOException {
    if (block != null && length == block.length) {
      handOver();
    }
    if (block == null) {
      block = queue.obtain();
    }
    return block.length - length;
  }

  private void handOver() throws IOException {
    queue.put(block, length);
    block = null;
    length = 0;
  }
}
