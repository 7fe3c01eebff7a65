package dev.writeback.domo;

import dev.writeback.run.Outcome;
import dev.writeback.run.RunContext;
import dev.writeback.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/**
 * The CSV of one export or increment, live from the wire: counted as it passes, and at its end only
 * when it has been proved. Whatever else happens is an {@link IOException} with a {@link
 * DomoException} as its cause, never an end of file.
 *
 * <p>It says that it supports marks, and keeps none, so that Camel neither copies it nor takes it
 * for empty. Read by one thread; {@link #close} may be called by any, ends a read that waits, and
 * gives up the rest unread.
 */
final class ExportStream extends InputStream {

  private final String wanted;
  private final DomoHttp http;
  private final CsvSource source;
  private final InputStream body;
  private final Cancellation cancellation;
  private final Proof proof;
  private final RunContext run;
  private final RecordCounter counter = new RecordCounter();

  private volatile boolean closed;
  private boolean ended;
  private RunException failure;

  /**
   * @param cancellation under which the source reads and the proof asks
   * @param run told the counters as bytes pass, or null
   */
  ExportStream(
      String wanted,
      DomoHttp http,
      CsvSource source,
      Cancellation cancellation,
      Proof proof,
      RunContext run) {
    this.wanted = wanted;
    this.http = http;
    this.source = source;
    this.cancellation = cancellation;
    this.proof = proof;
    this.run = run;
    try {
      body = source.body();
    } catch (IOException e) {
      cancellation.cancel();
      throw http.broken(wanted, e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    if (closed) {
      throw new IOException(wanted + " was given up");
    }
    if (length == 0) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    try {
      return readOn(buffer, offset, length);
    } catch (IOException e) {
      throw failed(
          e.getCause() instanceof RunException told ? told : http.broken(after(counter.bytes()), e),
          e);
    } catch (RunException e) {
      throw failed(e, e);
    }
  }

  private int readOn(byte[] buffer, int offset, int length) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    int count = body.read(buffer, offset, length);
    if (count < 0) {
      finish();
      return -1;
    }
    counter.accept(buffer, offset, count);
    tell();
    return count;
  }

  private void finish() {
    if (counter.isInsideQuotes()) {
      throw new DomoException(
          Outcome.DOMO,
          true,
          after(counter.bytes()) + ": it ended inside a quoted field, so that it was cut off",
          null);
    }
    counter.end();
    tell();
    proof.complete(counter, source.isFramed());
    ended = true;
    source.close();
  }

  private void tell() {
    if (run != null) {
      run.records().lazySet(counter.records());
      run.bytesRead().lazySet(counter.bytes());
    }
  }

  private String after(long bytes) {
    return wanted + ", after " + bytes + " bytes";
  }

  private IOException failed(RunException told, Exception cause) {
    cancellation.cancel();
    if (closed) {
      return new IOException(wanted + " was given up", cause);
    }
    failure = told;
    return new IOException(told.getMessage(), told);
  }

  /** How many bytes wait is not known, and zero keeps Camel from taking it for the length. */
  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public void mark(int readLimit) {}

  @Override
  public void reset() {}

  @Override
  public void close() {
    closed = true;
    cancellation.cancel();
  }
}
