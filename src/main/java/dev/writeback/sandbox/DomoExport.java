package dev.writeback.sandbox;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/** One export, under way or ended. Thread-safe. */
public final class DomoExport {

  /** How an export stands. */
  public enum State {
    UNDER_WAY,
    /** Everything that the sandbox meant to send was sent. */
    ENDED,
    /** The connection broke, from either side. */
    BROKEN
  }

  private final String dataSet;
  private final Instant started = Instant.now();
  private final AtomicLong bytesSent = new AtomicLong();
  private final CRC32C checksum = new CRC32C();
  private volatile State state = State.UNDER_WAY;

  DomoExport(String dataSet) {
    this.dataSet = dataSet;
  }

  /** The id of the DataSet. */
  public String dataSet() {
    return dataSet;
  }

  public Instant started() {
    return started;
  }

  /**
   * How many bytes of the body were handed to the connection so far; some megabytes of them may
   * still wait in the sockets' buffers.
   */
  public long bytesSent() {
    return bytesSent.get();
  }

  public State state() {
    return state;
  }

  /** The CRC-32C of the bytes handed to the connection so far. */
  public synchronized long checksum() {
    return checksum.getValue();
  }

  synchronized void sent(byte[] bytes, int offset, int length) {
    checksum.update(bytes, offset, length);
    bytesSent.addAndGet(length);
  }

  void end(State how) {
    state = how;
  }
}
