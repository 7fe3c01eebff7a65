package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Executor;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses one stream to one gzip member (RFC 1952) whose blocks are deflated in parallel. The
 * bytes depend on the input and the level alone: no name, no time, and neither the number of
 * threads nor how the input arrives.
 */
final class ParallelGzip {

  private static final byte[] HEADER = {
    0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xFF
  };

  /**
   * A last, empty block of fixed codes: the blocks before it do not know that they are the last.
   */
  private static final byte[] LAST_BLOCK = {3, 0};

  /** One that is filled, and two that wait: they are small. */
  private static final int AHEAD = 3;

  private final ParallelBlocks blocks;
  private final CRC32 checksum = new CRC32();
  private GzipBlock latest;

  /**
   * @param threads run the deflations; they never wait for anything
   * @param level of the JDK's Deflater
   * @param parallelism how many blocks are deflated at a time
   */
  ParallelGzip(Executor threads, int level, int parallelism) {
    blocks = new ParallelBlocks(threads, parallelism, AHEAD, () -> new GzipBlock(level, this));
  }

  /** Reads the input to its end; closes neither stream. Nothing of ours runs on its return. */
  void compress(InputStream in, OutputStream out) throws IOException {
    out.write(HEADER);
    long length = blocks.compress(in, out);
    out.write(LAST_BLOCK);
    out.write(trailer(checksum, length));
  }

  /**
   * A block has read its input.
   *
   * @return the block before it, or null at the start
   */
  GzipBlock append(GzipBlock block, byte[] bytes, int offset, int count) {
    checksum.update(bytes, offset, count);
    GzipBlock previous = latest;
    latest = block;
    return previous;
  }

  /** The end of a member: checksum and length, of RFC 1952. */
  static byte[] trailer(CRC32 checksum, long length) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) checksum.getValue())
        .putInt((int) length)
        .array();
  }
}
