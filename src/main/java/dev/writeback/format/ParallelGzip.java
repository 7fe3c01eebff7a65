package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
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

  private final Executor threads;
  private final int level;
  private final int blockLimit;

  private final List<GzipBlock> blocks = new ArrayList<>();
  private final ArrayDeque<FutureTask<GzipBlock>> inFlight = new ArrayDeque<>();
  private final CRC32 checksum = new CRC32();
  private long length;

  /**
   * @param threads run the deflations; they never wait for anything
   * @param parallelism how many blocks are deflated at a time
   */
  ParallelGzip(Executor threads, int level, int parallelism) {
    this.threads = threads;
    this.level = level;
    // One more is filled meanwhile.
    this.blockLimit = parallelism + 1;
  }

  /** Reads the input to its end; closes neither stream. Nothing of ours runs on its return. */
  void compress(InputStream in, OutputStream out) throws IOException {
    try {
      out.write(HEADER);
      GzipBlock previous = null;
      int read;
      do {
        GzipBlock block = freeBlock(out);
        read = block.fill(in, previous, checksum);
        length += read;
        if (read > 0) {
          start(block);
        }
        previous = block;
      } while (read == GzipBlock.SIZE);
      while (!inFlight.isEmpty()) {
        writeOldest(out);
      }
      out.write(LAST_BLOCK);
      out.write(trailer());
    } finally {
      inFlight.forEach(task -> task.cancel(false));
      blocks.forEach(GzipBlock::close);
    }
  }

  private GzipBlock freeBlock(OutputStream out) throws IOException {
    if (blocks.size() < blockLimit) {
      GzipBlock block = new GzipBlock(level);
      blocks.add(block);
      return block;
    }
    return writeOldest(out);
  }

  private void start(GzipBlock block) {
    FutureTask<GzipBlock> task = new FutureTask<>(block::deflate);
    threads.execute(task);
    inFlight.add(task);
  }

  private GzipBlock writeOldest(OutputStream out) throws IOException {
    try {
      GzipBlock block = inFlight.remove().get();
      block.writeTo(out);
      return block;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("Interrupted while compressing.");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw new IOException("A gzip block could not be compressed", e.getCause());
    }
  }

  private byte[] trailer() {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) checksum.getValue())
        .putInt((int) length)
        .array();
  }
}
