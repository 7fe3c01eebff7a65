package dev.writeback.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Compresses one stream block by block, several at a time, and writes them in their order. The
 * bytes depend neither on the number of threads nor on how the input arrives.
 */
final class ParallelBlocks {

  private final Executor threads;
  private final Supplier<? extends Block> maker;
  private final int blockLimit;

  private final List<Block> blocks = new ArrayList<>();
  private final ArrayDeque<FutureTask<Block>> inFlight = new ArrayDeque<>();

  /**
   * @param threads run the compressions; they never wait for anything
   * @param parallelism how many blocks are compressed at a time
   * @param ahead how many more there are: one is filled meanwhile, and where others wait, no thread
   *     stands still while the oldest is awaited and written
   * @param maker makes a block; called at most {@code parallelism + ahead} times
   */
  ParallelBlocks(Executor threads, int parallelism, int ahead, Supplier<? extends Block> maker) {
    this.threads = threads;
    this.maker = maker;
    this.blockLimit = parallelism + ahead;
  }

  /**
   * Reads the input to its end; closes neither stream. Nothing of ours runs on its return.
   *
   * @return how many bytes were read
   */
  long compress(InputStream in, OutputStream out) throws IOException {
    long length = 0;
    try {
      int read;
      int full;
      do {
        Block block = freeBlock(out);
        full = block.size();
        read = block.fill(in);
        length += read;
        if (read > 0) {
          start(block);
        }
      } while (read == full);
      while (!inFlight.isEmpty()) {
        writeOldest(out);
      }
    } finally {
      inFlight.forEach(task -> task.cancel(false));
      blocks.forEach(Block::close);
    }
    return length;
  }

  private Block freeBlock(OutputStream out) throws IOException {
    if (blocks.size() < blockLimit) {
      Block block = maker.get();
      blocks.add(block);
      return block;
    }
    return writeOldest(out);
  }

  private void start(Block block) {
    FutureTask<Block> task = new FutureTask<>(block::compress);
    threads.execute(task);
    inFlight.add(task);
  }

  private Block writeOldest(OutputStream out) throws IOException {
    try {
      Block block = inFlight.remove().get();
      block.writeTo(out);
      return block;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("Interrupted while compressing.");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw new IOException("A block could not be compressed", e.getCause());
    }
  }
}
