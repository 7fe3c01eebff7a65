package dev.writeback.sandbox;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The body of an export on its way out: counted, and held back, slowed, broken off or ended early
 * as the faults say. For one thread.
 */
final class ExportStream extends FilterOutputStream {

  /** The export is over, though the DataSet is not. */
  static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Where the stream stops for a while. */
  interface Stall {
    void hold() throws IOException;
  }

  private static final int SLICE = 4096;

  private final DomoExport export;
  private long cutAfter = Long.MAX_VALUE;
  private long endAfter = Long.MAX_VALUE;
  private long stallAfter = Long.MAX_VALUE;
  private Stall stall;
  private Rate rate;

  ExportStream(OutputStream out, DomoExport export) {
    super(out);
    this.export = export;
  }

  void cutAfter(long bytes) {
    cutAfter = bytes;
  }

  void endAfter(long bytes) {
    endAfter = bytes;
  }

  void stallAfter(long bytes, Stall hold) {
    stallAfter = bytes;
    stall = hold;
  }

  void limit(long bytesPerSecond) {
    rate = new Rate(bytesPerSecond);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      long sent = export.bytesSent();
      if (sent >= cutAfter) {
        out.flush();
        throw new IOException("Cut by the sandbox, as it was told to");
      }
      if (sent >= endAfter) {
        throw new Enough();
      }
      if (sent >= stallAfter) {
        out.flush();
        stallAfter = Long.MAX_VALUE;
        stall.hold();
      }
      long next = Math.min(Math.min(cutAfter, endAfter), stallAfter) - sent;
      int slice = (int) Math.min(rate == null ? left : Math.min(left, SLICE), next);
      out.write(bytes, at, slice);
      export.sent(bytes, at, slice);
      if (rate != null) {
        out.flush();
        rate.passed(slice);
      }
      at += slice;
      left -= slice;
    }
  }

  /** The DataSet is at its end; a stream that was to be cut by now is cut here. */
  void finish() throws IOException {
    if (export.bytesSent() >= cutAfter) {
      out.flush();
      throw new IOException("Cut by the sandbox, as it was told to");
    }
    if (export.bytesSent() >= stallAfter) {
      out.flush();
      stall.hold();
    }
  }
}
