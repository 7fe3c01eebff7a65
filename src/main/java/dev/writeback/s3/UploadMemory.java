package dev.writeback.s3;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Stands in line for the memory of one client's uploads, until the client is closed. */
final class UploadMemory implements AutoCloseable {

  private final Set<CompletableFuture<BufferReservation>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Waits for the memory of an upload. What is more than the whole budget is shrunk to it.
   *
   * @param partSize the least, in bytes
   * @param parts how many of them are wanted
   * @throws RunException if the budget does not hold one part, or this was closed
   */
  BufferReservation take(BufferBudget budget, long partSize, int parts) {
    if (budget.size() < partSize) {
      throw new RunException(
          Outcome.CONFIGURATION,
          false,
          "Not enough memory for one part of "
              + ByteSize.text(partSize)
              + ": all uploads together may use "
              + ByteSize.text(budget.size())
              + ". Lower partSize, or raise the heap (-Xmx) or the size of the bufferBudget bean");
    }
    CompletableFuture<BufferReservation> asked =
        budget.reserve(Math.min(partSize * parts, budget.size()));
    waiting.add(asked);
    try {
      if (closed) {
        leave(asked);
        throw stopping();
      }
      return asked.get();
    } catch (CancellationException closing) {
      throw stopping();
    } catch (InterruptedException interrupted) {
      leave(asked);
      Thread.currentThread().interrupt();
      throw new RunException(
          Outcome.S3, true, "Waiting for the memory of an upload was interrupted", interrupted);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      waiting.remove(asked);
      budget.serve();
    }
  }

  /** Ends all waiting, now and later. */
  @Override
  public void close() {
    closed = true;
    waiting.forEach(asked -> asked.cancel(false));
  }

  /** What those are told who wait, or upload, when their client is closed. */
  static RunException stopping() {
    return new RunException(Outcome.S3, true, "The upload was given up: its job is being stopped");
  }

  /** Leaves the line, or gives back what has been granted in the meantime. */
  private static void leave(CompletableFuture<BufferReservation> asked) {
    if (!asked.cancel(false)) {
      asked.join().close();
    }
  }
}
