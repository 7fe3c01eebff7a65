package dev.writeback.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The live end of a pipe. It ends only when the data format has returned cleanly; otherwise reading
 * throws, with the first cause as cause. Closing it early cancels the data format and its source at
 * once. One thread reads; any thread may close, any number of times.
 *
 * <p>It says that it supports marks, and ignores them, and that nothing is available: so says the
 * contract of the chain's streams, for Camel's S3 producer buffers any stream without marks whole.
 */
final class PipeInputStream extends InputStream {

  private final BlockQueue queue;
  private final Runnable cancel;
  private BlockQueue.Block block;
  private int position;
  private boolean atEnd;
  private volatile boolean closed;

  /**
   * @param cancel stops the writer and closes its source
   */
  PipeInputStream(BlockQueue queue, Runnable cancel) {
    this.queue = queue;
    this.cancel = cancel;
  }

  @Override
  public int read() throws IOException {
    return fill() ? block.bytes()[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int copied = Math.min(count, block.length() - position);
    System.arraycopy(block.bytes(), position, bytes, offset, copied);
    position += copied;
    return copied;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public void mark(int readLimit) {
    // See the class comment.
  }

  @Override
  public void reset() {
    // See the class comment.
  }

  @Override
  public void close() {
    closed = true;
    if (queue.abandon()) {
      cancel.run();
    }
  }

  private boolean fill() throws IOException {
    if (closed) {
      throw new IOException("This stream has been closed.");
    }
    if (block != null && position < block.length()) {
      return true;
    }
    if (atEnd) {
      return false;
    }
    if (block != null) {
      queue.recycle(block.bytes());
    }
    position = 0;
    block = null;
    block = queue.take();
    atEnd = block == null;
    return !atEnd;
  }
}
