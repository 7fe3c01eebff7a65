package dev.writeback.s3;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;

/**
 * The memory that all uploads of one CamelContext share. A run reserves its whole need before it
 * fetches anything, so that two runs never wait for each other half-way; who comes first is served
 * first. Thread-safe.
 *
 * <p>Default: three eighths of the largest heap, so that {@code -Xmx96m} carries one run of the
 * default part size and parallelism; of a small heap less, since 48 MiB are left to all else. To
 * state another size, declare one bean of this class:
 *
 * <pre>{@code
 * - beans:
 *     - name: bufferBudget
 *       type: dev.writeback.s3.BufferBudget
 *       properties:
 *         size: 256MiB
 * }</pre>
 */
public final class BufferBudget {

  /**
   * Memory is handed out in pieces of this many bytes. In a small heap the collector G1 has regions
   * of 1 MiB, and an array of half of that or more takes a region of its own: pieces of 512 KiB
   * would cost twice their size.
   */
  static final int CHUNK = 256 * 1024;

  /**
   * What the program needs beside the buffers, and some room, without which the collector would do
   * little else than look for it.
   */
  private static final long LEFT_FREE = 48 * ByteSize.MIB;

  /** For a client that lives in no CamelContext. */
  static final BufferBudget OF_NO_CONTEXT = new BufferBudget();

  private final Deque<Waiter> waiting = new ArrayDeque<>();

  /** For the next run too, unless the heap wants them: an embedder's has other uses for them. */
  private final Deque<SoftReference<byte[]>> idle = new ArrayDeque<>();

  private int chunks;
  private int free;

  /** A budget of three eighths of the largest heap, or less. */
  public BufferBudget() {
    this(ofHeap(Runtime.getRuntime().maxMemory()));
  }

  /** The size of the budget in a heap of at most so many bytes. */
  static long ofHeap(long largest) {
    return Math.max(0, Math.min(largest / 8 * 3, largest - LEFT_FREE));
  }

  BufferBudget(long bytes) {
    resize(bytes);
  }

  /** The context's own budget: the one bean of this class, else one made at first use. */
  public static BufferBudget of(CamelContext context) {
    BufferBudget declared = context.getRegistry().findSingleByType(BufferBudget.class);
    if (declared != null) {
      return declared;
    }
    synchronized (BufferBudget.class) {
      BufferBudget made = context.getCamelContextExtension().getContextPlugin(BufferBudget.class);
      if (made == null) {
        made = new BufferBudget();
        context.getCamelContextExtension().addContextPlugin(BufferBudget.class, made);
      }
      return made;
    }
  }

  /**
   * Sets the size, like {@code 256MiB}. To be called before the first run.
   *
   * @throws IllegalArgumentException if the text is not a size
   */
  public void setSize(String size) {
    resize(ByteSize.parse("size of the buffer budget", size));
  }

  /** The size in bytes. */
  public synchronized long size() {
    return (long) chunks * CHUNK;
  }

  /** The bytes that runs have reserved. */
  public synchronized long inUse() {
    return (long) (chunks - free) * CHUNK;
  }

  /** How many runs wait for memory. */
  public synchronized int waiting() {
    return (int) waiting.stream().filter(waiter -> !waiter.granted.isDone()).count();
  }

  /**
   * Asks for memory. The future is complete when it is there; cancelling it gives up the place in
   * the queue, but only {@link #serve} lets the next ones come up.
   *
   * @param bytes at most {@link #size()}
   */
  CompletableFuture<BufferReservation> reserve(long bytes) {
    Waiter waiter = new Waiter((int) ((bytes + CHUNK - 1) / CHUNK), new CompletableFuture<>());
    synchronized (this) {
      if (waiter.chunks > chunks) {
        throw new IllegalArgumentException(
            "wanted " + ByteSize.text(bytes) + " of " + ByteSize.text(size()));
      }
      waiting.add(waiter);
    }
    serve();
    return waiter.granted;
  }

  /** Hands free memory to those who wait for it, in their order. */
  synchronized void serve() {
    while (!waiting.isEmpty()) {
      Waiter first = waiting.peek();
      if (!first.granted.isDone()) {
        if (first.chunks > free) {
          return;
        }
        free -= first.chunks;
        if (!first.granted.complete(new BufferReservation(this, first.chunks))) {
          free += first.chunks;
        }
      }
      waiting.remove();
    }
  }

  /** Memory that a reservation no longer needs. */
  synchronized void giveBack(int count) {
    free += count;
    serve();
  }

  synchronized byte[] takeChunk() {
    byte[] chunk = null;
    while (chunk == null && !idle.isEmpty()) {
      chunk = idle.pop().get();
    }
    return chunk == null ? new byte[CHUNK] : chunk;
  }

  synchronized void keepChunk(byte[] chunk) {
    idle.push(new SoftReference<>(chunk));
  }

  private synchronized void resize(long bytes) {
    if (free != chunks) {
      throw new IllegalStateException("The buffer budget is in use; its size is set at the start");
    }
    chunks = (int) Math.min(Integer.MAX_VALUE, bytes / CHUNK);
    free = chunks;
  }

  private record Waiter(int chunks, CompletableFuture<BufferReservation> granted) {}
}
