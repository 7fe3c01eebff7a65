package dev.writeback.run;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The multipart uploads that a run has to see to: those that it has opened itself, and those that
 * earlier runs of its job have left. Whoever begins the next upload aborts them. Thread-safe.
 */
public final class RunUploads {

  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private volatile Runnable listener = () -> {};
  private volatile List<LeftUpload> left = List.of();

  /**
   * Those on the run's key that may still be open at S3, by id: of its attempts, where they could
   * not be aborted, and those that the ledger has kept of a killed process.
   */
  public Set<String> open() {
    return Set.copyOf(open);
  }

  /** S3 has opened one; called before its first part is sent. */
  public void opened(String uploadId) {
    open.add(uploadId);
    listener.run();
  }

  /** It is completed or aborted; nothing of it is left. */
  public void ended(String uploadId) {
    open.remove(uploadId);
    listener.run();
  }

  /** Calls back at every change of {@link #open}, on the thread that changes them. */
  public void onChange(Runnable listener) {
    this.listener = listener;
  }

  /** Those that earlier runs of the job have left, on their own keys. */
  public List<LeftUpload> left() {
    return left;
  }

  public void setLeft(List<LeftUpload> left) {
    this.left = List.copyOf(left);
  }
}
