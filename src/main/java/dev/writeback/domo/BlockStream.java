package dev.writeback.domo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream that is made block by block, as it is asked for. For one thread. */
abstract class BlockStream extends InputStream {

  static final int BLOCK_SIZE = 64 * 1024;

  /** Gives its bytes without a copy. */
  private static final class Block extends ByteArrayOutputStream {

    private int position;

    int read(byte[] to, int offset, int length) {
      int read = Math.min(length, count - position);
      System.arraycopy(buf, position, to, offset, read);
      position += read;
      return read;
    }

    void clear() {
      reset();
      position = 0;
    }

    boolean isRead() {
      return position == count;
    }
  }

  private final Block block = new Block();
  private boolean ended;

  /**
   * Writes some bytes, about {@link #BLOCK_SIZE}.
   *
   * @return whether there are more to come
   */
  abstract boolean fill(OutputStream to) throws IOException;

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (block.isRead()) {
      if (ended) {
        return -1;
      }
      block.clear();
      ended = !fill(block);
    }
    return block.read(buffer, offset, length);
  }
}
